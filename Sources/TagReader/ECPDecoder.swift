import Lane

/// Makes frames of a reader's bytes, however they are cut; total, and bounded by the longest frame.
///
/// A line begins with `#` and ends with CR or LF. The protocol says that a new `#` breaks off the message before it, but a
/// `#` may also stand in a tag's text, or be what noise made of another character. So a line is judged at its end: the
/// frame is the longest tail that begins with a `#` and has a good CRC. An overlong line is searched again from its next
/// `#`: whatever came before a good frame, it costs at most that.
package struct ECPDecoder: Sendable {
    /// What the bytes came to; `at` is the arrival of the `#`.
    package enum Output: Hashable, Sendable {
        /// A good frame; `clashes` is how many `#` stood inside it.
        case frame(ECPFrame, at: Instant, clashes: Int)
        /// A whole line, `#` and end excluded, without a good CRC: of a reader in the Basic protocol, or damaged.
        case line([UInt8], at: Instant)
        /// The beginning of a line, with its `#`, that another `#`, or the longest frame's length, has broken off.
        case brokenOff([UInt8], at: Instant)
    }

    /// Where a `#` stands in the line, and when it came.
    private struct Start {
        var offset: Int
        let at: Instant
    }

    private let crc: ECPCRC
    private var line: [UInt8] = []
    private var starts: [Start] = []
    private var noise = 0

    /// `#`, sequence digit, data and CRC.
    private static let mostCharacters = 1 + ECPFrame.mostData + ECPFrame.overhead

    package init(crc: ECPCRC) { self.crc = crc }

    /// Takes one byte that arrived at that moment.
    package mutating func decode(_ byte: UInt8, at: Instant) -> [Output] {
        switch byte {
        case UInt8(ascii: "\r"), UInt8(ascii: "\n"):
            return line.isEmpty ? [] : ended()
        case ECPFrame.start:
            starts.append(Start(offset: line.count, at: at))
        default:
            guard !line.isEmpty else {
                noise += 1
                return []
            }
        }
        line.append(byte)
        return line.count > Self.mostCharacters ? [shortened()] : []
    }

    /// Whether a line has begun and not ended.
    package var isInLine: Bool { !line.isEmpty }

    /// How many bytes came outside any line since the last time this was asked.
    package mutating func takeNoise() -> Int {
        defer { noise = 0 }
        return noise
    }

    private mutating func ended() -> [Output] {
        defer {
            line.removeAll(keepingCapacity: true)
            starts.removeAll(keepingCapacity: true)
        }
        for (index, start) in starts.enumerated() {
            guard let frame = ECPFrame(line[(start.offset + 1)...], checking: crc) else { continue }
            let good = Output.frame(frame, at: start.at, clashes: starts.count - index - 1)
            return brokenOff(before: index) + [good]
        }
        return [.line(Array(line.dropFirst()), at: starts[0].at)]
    }

    /// Each beginning that stands before that one.
    private func brokenOff(before index: Int) -> [Output] {
        zip(starts[..<index], starts.dropFirst()).map { start, next in
            .brokenOff(Array(line[start.offset..<next.offset]), at: start.at)
        }
    }

    /// Gives up the first `#` of an overlong line and begins with the next one in it.
    private mutating func shortened() -> Output {
        let dropped = starts.count > 1 ? starts[1].offset : line.count
        let broken = Output.brokenOff(Array(line[..<dropped]), at: starts[0].at)
        line.removeFirst(dropped)
        starts.removeFirst()
        for index in starts.indices { starts[index].offset -= dropped }
        return broken
    }
}
