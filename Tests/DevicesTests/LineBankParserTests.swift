import Lane
import Testing

@testable import Devices

struct LineBankParserTests {
    private let now = Instant(nanoseconds: 5_000)

    private func parse(_ pieces: [[UInt8]]) -> (events: [LineEvent], bad: UInt64) {
        var parser = LineBankParser(inputs: ["lane1.loop", "lane2.loop"])
        var events: [LineEvent] = []
        for piece in pieces { parser.take(piece[...], now: now, into: &events) }
        return (events, parser.badLines)
    }

    private func parse(_ text: String) -> (events: [LineEvent], bad: UInt64) { parse([Array(text.utf8)]) }

    @Test func `an edge from long ago or from the future is dated when it is told`() {
        let now = Instant(nanoseconds: 3_600_000_000_000)
        var parser = LineBankParser(inputs: ["loop"])
        var events: [LineEvent] = []
        let lines = "edge loop 1 1\nedge loop 0 3599000000000\nedge loop 1 3600000000001\nlevel loop 0 1\n"
        parser.take(Array(lines.utf8)[...], now: now, into: &events)
        #expect(events.map(\.at.nanoseconds) == [now.nanoseconds, 3_599_000_000_000, now.nanoseconds, 1])
        #expect(parser.badLines == 0)
    }

    @Test func `a level and an edge are taken with their input and time`() {
        let (events, bad) = parse("level lane1.loop 0 81\nedge lane2.loop 1 82\n")
        #expect(
            events == [
                LineEvent(.level, input: 0, isHigh: false, at: Instant(nanoseconds: 81)),
                LineEvent(.edge, input: 1, isHigh: true, at: Instant(nanoseconds: 82)),
            ])
        #expect(bad == 0)
    }

    @Test func `the stream may be cut anywhere`() {
        let bytes = Array("edge lane1.loop 1 81\nedge lane2.loop 0 82\n".utf8)
        let whole = parse([bytes]).events
        #expect(whole.count == 2)
        for cut in bytes.indices {
            #expect(parse([Array(bytes[..<cut]), Array(bytes[cut...])]).events == whole)
        }
        #expect(parse(bytes.map { [$0] }).events == whole)
    }

    @Test func `a truncated line gives nothing and a next line is taken`() {
        let line = Array("edge lane1.loop 1 81".utf8)
        let next = Array("\nedge lane2.loop 0 82\n".utf8)
        for count in line.indices {
            let (events, bad) = parse([Array(line[..<count]) + next])
            // "edge lane1.loop 1 8" is a whole line with another time: the protocol carries no checksum.
            let isStillALine = count == line.count - 1
            #expect(events.count == (isStillALine ? 2 : 1))
            #expect(bad == (isStillALine ? 0 : 1))
        }
    }

    @Test func `a line of an input that nobody wired is let go`() {
        let (events, bad) = parse("level lane9.loop 1 81\nedge lane1.loop 1 7\n")
        #expect(events == [LineEvent(.edge, input: 0, isHigh: true, at: Instant(nanoseconds: 7))])
        #expect(bad == 0)
    }

    @Test(arguments: [
        "", "edge", "edge lane1.loop 1", "edge lane1.loop 1 81 9", "edge lane1.loop 2 81", "edge lane1.loop 01 81",
        "edge  lane1.loop 1 81", "EDGE lane1.loop 1 81", "edge lane1.loop 1 -81",
        "edge lane1.loop 1 9223372036854775808", "edge lane1.loop 1 81\r", "edge lane1.loop 1 ",
    ])
    func `a bad line is counted and nothing else`(line: String) {
        let (events, bad) = parse(line + "\nedge lane1.loop 1 7\n")
        #expect(events == [LineEvent(.edge, input: 0, isHigh: true, at: Instant(nanoseconds: 7))])
        #expect(bad == 1)
    }

    @Test func `a line without an end takes bounded memory and is one bad line`() {
        let (events, bad) = parse([[UInt8](repeating: 0x41, count: 100_000), Array("\nedge lane1.loop 1 7\n".utf8)])
        #expect(events.count == 1)
        #expect(bad == 1)
    }

    @Test func `an edge dated later than now is dated now`() {
        #expect(parse("edge lane1.loop 1 9000\n").events.first?.at == now)
    }

    @Test func `no flipped bit makes an event of another input`() {
        let bytes = Array("edge lane1.loop 1 81\n".utf8)
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << UInt8(bit)
                let (events, bad) = parse([damaged])
                #expect(events.count + Int(bad) <= 2)
                #expect(events.allSatisfy { $0.input == 0 || damaged[9] == UInt8(ascii: "2") })
            }
        }
    }
}
