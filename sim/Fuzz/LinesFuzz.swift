import Devices
import Lane

/// What a line bank says.
enum LinesFuzz {
    private struct Told: Equatable {
        var events: [LineEvent] = []
        var badLines: UInt64 = 0
    }

    private static let inputs = ["lane1.loop", "lane1.exit"]
    private static let now = Instant(nanoseconds: 20_000_000_000)

    /// The same however it is cut, one event or bad line to a line, none later than now; and the next good line is understood.
    static func take(_ bytes: [UInt8]) throws {
        let told = try Cuts.indifferent(bytes, parse)
        let lines = bytes.count { $0 == UInt8(ascii: "\n") }
        try Finding.unless(told.events.count + Int(told.badLines) <= lines, "more came out than there are lines")
        for event in told.events {
            try Finding.unless(inputs.indices.contains(event.input), "an event of no input")
            try Finding.unless(event.at <= now, "an event of the future")
            try Finding.unless(parse([text(of: event)]) == Told(events: [event]), "an event written is another")
        }
        let next = LineEvent(.edge, input: 1, isHigh: true, at: now)
        try Finding.unless(
            parse([bytes + [UInt8(ascii: "\n")] + text(of: next)]).events.last == next, "a good line was not understood"
        )
    }

    private static func parse(_ pieces: [[UInt8]]) -> Told {
        var parser = LineBankParser(inputs: inputs)
        var told = Told()
        for piece in pieces { parser.take(piece[...], now: now, into: &told.events) }
        told.badLines = parser.badLines
        return told
    }

    private static func text(of event: LineEvent) -> [UInt8] {
        let word = event.kind == .edge ? "edge" : "level"
        return Array("\(word) \(inputs[event.input]) \(event.isHigh ? 1 : 0) \(event.at.nanoseconds)\n".utf8)
    }
}
