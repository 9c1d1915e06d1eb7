/// One frame of the error-correcting protocol (ECP), in either direction.
///
///     reader → host   # s data crc crc crc crc CR LF     s even: a message of its own; odd: the answer to a command
///     host → reader   # s data crc crc crc crc CR        s even, data @ or ?: ACK or NAK; odd: a command
///
/// `s` is one hex digit, data 1 to 72 characters, the CRC four hex digits over `s` and data.
package struct ECPFrame: Hashable, Sendable {
    /// How the last four characters of a frame to the reader are made.
    package enum Check: Hashable, Sendable {
        case crc(ECPCRC)
        /// Four backquotes, which a reader takes for any CRC: while its state is unknown.
        case wild
    }

    /// The sequence digit as its ASCII character.
    package let sequence: UInt8
    /// What stands between the sequence digit and the CRC.
    package let data: [UInt8]

    /// Encompass 4 Reader System Guide: at most 72 characters of data.
    package static let mostData = 72
    /// The sequence digit and the four digits of the CRC.
    static let overhead = 5

    package init(sequence: UInt8, data: [UInt8]) {
        self.sequence = sequence
        self.data = data
    }

    /// The frame in the characters after `#`, end excluded; nil when the sequence or the CRC is wrong, or the length.
    package init?(_ characters: some BidirectionalCollection<UInt8>, checking crc: ECPCRC) {
        guard let sequence = characters.first, Hex.value(sequence) != nil,
            (1...Self.mostData).contains(characters.count - Self.overhead),
            let given = Hex.value(of: characters.suffix(4)),
            given == crc.remainder(over: characters.dropLast(4))
        else { return nil }
        self.init(sequence: sequence, data: Array(characters.dropFirst().dropLast(4)))
    }

    /// Whether this came from the reader unasked: its sequence digit is even.
    package var isMessage: Bool { Hex.value(sequence).map { $0 % 2 == 0 } ?? false }

    /// The frame as bytes of a host.
    package func encoded(_ check: Check) -> [UInt8] {
        let body = [sequence] + data
        let digits =
            switch check {
            case .crc(let variant): variant.digits(over: body)
            case .wild: [UInt8](repeating: UInt8(ascii: "`"), count: 4)
            }
        return [Self.start] + body + digits + [Self.end]
    }

    /// The reader may forget its message.
    package static func acknowledgement(of sequence: UInt8) -> ECPFrame {
        ECPFrame(sequence: sequence, data: [UInt8(ascii: "@")])
    }

    /// The reader shall send its message once more.
    package static func refusal(of sequence: UInt8) -> ECPFrame {
        ECPFrame(sequence: sequence, data: [UInt8(ascii: "?")])
    }

    static let start = UInt8(ascii: "#")
    static let end = UInt8(ascii: "\r")
}
