import Lane

@testable import TagReader

/// The reader's side of ECP as the facts page tells it, in as few words as the session can be tried with.
struct ReaderModel {
    enum Mode { case basic, command, data }

    var mode: Mode
    /// What has been read and not been acknowledged; the first is the message under way.
    private(set) var kept: [String] = []
    /// Texts whose acknowledgement came: the reader has forgotten them.
    private(set) var forgotten: [String] = []
    private(set) var sequence: UInt8 = 0
    private(set) var repeatAt: Instant?
    private(set) var timeout = Interval.milliseconds(12_700)
    private var lastCommand: UInt8?
    private var lastAnswer = ""
    private var line: [UInt8] = []

    init(mode: Mode) { self.mode = mode }

    /// A tag passes; in command mode RF is off.
    mutating func passes(_ text: String, _ now: Instant) {
        guard mode == .data else { return }
        kept.append(text)
        if kept.count == 1 { repeatAt = now }
    }

    /// The time has come to send the message under way, again or for the first time.
    mutating func send(_ now: Instant) -> String {
        repeatAt = now + timeout
        return good(digit + (kept.first ?? ""))
    }

    /// Takes one byte from the host; what it says at once.
    mutating func take(_ byte: UInt8, _ now: Instant) -> String {
        if byte == ECPFrame.start {
            line = []
            return ""
        }
        guard byte == ECPFrame.end else {
            line.append(byte)
            return ""
        }
        defer { line = [] }
        return mode == .basic ? basic(String(decoding: line, as: UTF8.self)) : ecp(line, now)
    }

    private var digit: String { String(UnicodeScalar(Hex.digit(sequence))) }

    private mutating func basic(_ command: String) -> String {
        let echo = "#\(command)\r\n"
        switch command {
        case "01": return echo + "#Done\r\n"
        case "611":
            mode = .command
            return echo + "#Done\r\n"
        default: return echo + "#Error\r\n"
        }
    }

    private mutating func ecp(_ line: [UInt8], _ now: Instant) -> String {
        let wild = line.count > 5 && line.suffix(4).allSatisfy { $0 == UInt8(ascii: "`") }
        let body = line.dropLast(4)
        let checked = wild ? Array(body) + ECPCRC.printed.digits(over: body) : line
        guard let frame = ECPFrame(checked, checking: .printed) else { return "" }
        let text = String(decoding: frame.data, as: UTF8.self)
        return frame.isMessage ? reply(frame.sequence, text, now) : answer(frame.sequence, text)
    }

    private mutating func reply(_ given: UInt8, _ text: String, _ now: Instant) -> String {
        guard !kept.isEmpty else { return "" }
        guard given == Hex.digit(sequence), text == "@" else { return send(now) }
        forgotten.append(kept.removeFirst())
        sequence = (sequence + 2) % 16
        repeatAt = kept.isEmpty ? nil : now
        return ""
    }

    private mutating func answer(_ given: UInt8, _ command: String) -> String {
        if given != lastCommand {
            lastCommand = given
            lastAnswer = good(String(UnicodeScalar(given)) + obey(command))
        }
        return lastAnswer
    }

    private mutating func obey(_ command: String) -> String {
        if command == "01" {
            mode = .command
            return "Done"
        }
        guard mode == .command else { return "Error" }
        switch command {
        case "00": mode = .data
        case "525": return "ECPS P1 T\(timeoutDigits) X0 S0"
        case "505": return "Model E4 Ver 1.00 SN123456"
        case _ where command.hasPrefix("612"):
            let units = Hex.value(of: Array(command.utf8.dropFirst(3))) ?? 0xFE
            timeout = .milliseconds(Int64(units) * 50)
        default: break
        }
        return "Done"
    }

    private var timeoutDigits: String {
        let units = UInt8(timeout.milliseconds / 50)
        return String(decoding: [Hex.digit(units >> 4), Hex.digit(units)], as: UTF8.self)
    }
}
