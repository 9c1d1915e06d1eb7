import Lane
import Testing

@testable import TagReader

@Suite struct `Reader settings` {
    @Test(arguments: [(500, "0A"), (50, "01"), (10, "01"), (2_000, "28"), (12_650, "FD"), (60_000, "FD")])
    func `give the time-out in steps of fifty milliseconds`(milliseconds: Int64, digits: String) {
        var settings = ReaderSettings(name: "lane 1")
        settings.repeatAfter = .milliseconds(milliseconds)
        #expect(settings.repeatAfterDigits == Array(digits.utf8))
    }

    @Test func `know the time of a byte`() {
        #expect(ReaderSettings(name: "lane 1").byteTime == Interval(nanoseconds: 1_041_666))
        #expect(ReaderSettings.byteTime(baud: 38_400) == Interval(nanoseconds: 260_416))
    }

    @Test(arguments: ["63", "6300", "00", "01", "1007", "611", "610", "613", "6141", "612FF", "", "4x", "#40"])
    func `refuse a further command that would harm`(command: String) {
        #expect(ReaderSettings.refusal(of: command) != nil)
    }

    @Test(arguments: ["311", "302", "40", "4100", "6170", "831", "6448"])
    func `let the model's own commands through`(command: String) {
        #expect(ReaderSettings.refusal(of: command) == nil)
    }
}

@Suite struct `The wait before a next try` {
    @Test func `grows to its longest and is spread below it`() {
        var backoff = Backoff(minimum: .milliseconds(500), maximum: .seconds(30), seed: 1)
        let waits = (0..<200).map { _ in backoff.next() }
        #expect(waits.allSatisfy { $0 >= .milliseconds(500) && $0 <= .seconds(30) })
        #expect(waits[0] <= .seconds(1))
        #expect(waits.suffix(100).contains { $0 < .seconds(6) }, "the jitter comes after the cap")
        #expect(waits.suffix(100).contains { $0 > .seconds(24) })
        backoff.reset()
        #expect(backoff.next() <= .seconds(1))
    }

    @Test func `is the same for the same seed, and another for another`() {
        func waits(_ seed: UInt64) -> [Interval] {
            var backoff = Backoff(minimum: .milliseconds(500), maximum: .seconds(30), seed: seed)
            return (0..<20).map { _ in backoff.next() }
        }
        #expect(waits(1) == waits(1))
        #expect(waits(1) != waits(2))
    }

    @Test func `holds when the longest is shorter than the shortest`() {
        var backoff = Backoff(minimum: .seconds(2), maximum: .seconds(1), seed: 1)
        #expect(backoff.next() == .seconds(2))
    }
}
