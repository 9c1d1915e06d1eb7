import Lane

/// What a line bank told of one of its inputs.
package struct LineEvent: Hashable, Sendable {
    /// Whether it is a change or the level as it stood when we connected.
    package enum Kind: Hashable, Sendable {
        case level
        case edge
    }

    package let kind: Kind
    /// The input, as an index into the names that the bank was opened with.
    package let input: Int
    package let isHigh: Bool
    /// When it happened, never later than when it was taken.
    package let at: Instant

    package init(_ kind: Kind, input: Int, isHigh: Bool, at: Instant) {
        self.kind = kind
        self.input = input
        self.isHigh = isHigh
        self.at = at
    }
}

/// Parses what a line bank sends, in whatever pieces it comes; total and bounded.
package struct LineBankParser: Sendable {
    /// A longer line is no line of ours: a name of 64 characters, a word and a 19-digit number fit.
    package static let longestLine = 96

    /// An edge that is told later than this is dated when it is told: the bank's clock is another, or it was suspended.
    package static let oldestEdge = Interval.seconds(10)

    private let inputs: [[UInt8]]
    private var line: [UInt8] = []
    private var isTooLong = false
    /// Lines that were not understood.
    package private(set) var badLines: UInt64 = 0

    package init(inputs: [String]) {
        self.inputs = inputs.map { Array($0.utf8) }
        line.reserveCapacity(Self.longestLine)
    }

    /// Takes the next bytes and appends the events of the lines they complete.
    package mutating func take(_ bytes: ArraySlice<UInt8>, now: Instant, into events: inout [LineEvent]) {
        for byte in bytes {
            guard byte == UInt8(ascii: "\n") else {
                if line.count < Self.longestLine { line.append(byte) } else { isTooLong = true }
                continue
            }
            switch isTooLong ? .bad : meaning(now: now) {
            case .event(let event): events.append(event)
            case .unwired: break
            case .bad: badLines += 1
            }
            line.removeAll(keepingCapacity: true)
            isTooLong = false
        }
    }

    private enum Meaning {
        case event(LineEvent)
        /// Well said, of an input that no detector is wired to.
        case unwired
        case bad
    }

    private func meaning(now: Instant) -> Meaning {
        let words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard words.count == 4,
            let kind: LineEvent.Kind = words[0].elementsEqual("level".utf8)
                ? .level : words[0].elementsEqual("edge".utf8) ? .edge : nil,
            !words[1].isEmpty, words[2].count == 1, let level = words[2].first,
            level == UInt8(ascii: "0") || level == UInt8(ascii: "1"),
            let nanoseconds = Self.number(words[3])
        else { return .bad }
        guard let input = inputs.firstIndex(where: { $0.elementsEqual(words[1]) }) else { return .unwired }
        // A level has stood since whenever; a change is told when it happens: its level counts, its date does not.
        let told = Instant(nanoseconds: nanoseconds)
        let isDated = told <= now && (kind == .level || now - told <= Self.oldestEdge)
        return .event(LineEvent(kind, input: input, isHigh: level == UInt8(ascii: "1"), at: isDated ? told : now))
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard !digits.isEmpty, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        var value: Int64 = 0
        for digit in digits {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int64(digit - UInt8(ascii: "0")))
            if overflow || carry { return nil }
            value = sum
        }
        return value
    }
}
