import Lane
import Testing

@testable import Station

@Suite struct `The alarm board` {
    private let now = Instant(nanoseconds: 5)

    @Test func `tells a change once, and keeps the moment and the newest reason`() {
        var board = AlarmBoard()
        let set = board.set(.readerDown, on: "east", true, because: "silent", at: now)
        #expect(set?.isSet == true && set?.entry.reason == "silent")
        let again = board.set(.readerDown, on: "east", true, because: "port missing", at: now + .seconds(9))
        #expect(again == nil)
        #expect(board.entries == [.init(alarm: .readerDown, subject: "east", reason: "port missing", since: now)])
        let cleared = board.set(.readerDown, on: "east", false, at: now + .seconds(10))
        #expect(cleared?.isSet == false && cleared?.entry.reason == "port missing")
        let twice = board.set(.readerDown, on: "east", false, at: now + .seconds(11))
        #expect(twice == nil && board.entries.isEmpty)
    }

    @Test func `keeps subjects apart, in the order in which they were set`() {
        var board = AlarmBoard()
        for subject in ["west", "east"] { _ = board.set(.readerDown, on: subject, true, at: now) }
        _ = board.set(.noList, on: "", true, at: now)
        _ = board.set(.readerDown, on: "west", false, at: now)
        #expect(board.entries.map(\.subject) == ["east", ""])
    }
}
