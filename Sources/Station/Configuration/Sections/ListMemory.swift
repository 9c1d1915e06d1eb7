/// How large a list may be, so that it can be locked in memory beside everything else.
package enum ListMemory: Hashable, Sendable {
    /// At most so many bytes.
    case bytes(Int)
    /// At most so many hundredths of this computer's memory, 1 to 90.
    case percent(Int)

    /// Half of the memory: for a moment there are two lists, and the second may wait on the disk.
    package static let byDefault = ListMemory.percent(50)

    /// The bound in bytes.
    ///
    /// - Parameter memory: this computer's memory, in bytes.
    package func bytes(of memory: Int) -> Int {
        switch self {
        case .bytes(let bytes): bytes
        case .percent(let percent): memory / 100 * percent
        }
    }
}

extension ValueType where Value == ListMemory {
    /// `512 MB`, or `50 %` of this computer's memory.
    static var listMemory: Self {
        let sizes = ValueType<Int>.size(1_000_000...1_000_000_000_000)
        let percents = ValueType<Int>.count(1...90)
        return ValueType("\(sizes.expected), or 1 % to 90 % of the memory") { text throws(ValueError) in
            guard text.hasSuffix("%") else { return .bytes(try sizes.parse(text)) }
            let number = text.dropLast().reversed().drop { $0 == " " || $0 == "\t" }
            return .percent(try percents.parse(String(number.reversed())))
        } format: {
            switch $0 {
            case .bytes(let bytes): sizes.format(bytes)
            case .percent(let percent): "\(percent) %"
            }
        }
    }
}
