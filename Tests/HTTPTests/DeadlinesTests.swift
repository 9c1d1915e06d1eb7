import Lane
import Testing

@testable import HTTP

struct DeadlinesTests {
    private let start = Instant(nanoseconds: 1_000_000_000_000)
    private var deadlines = Deadlines(
        Deadlines.Limits(head: .seconds(30), transfer: .seconds(60), slowest: 1_000))

    @Test mutating func `a head has its time from the connection on, however many bytes come`() {
        #expect(deadlines.handle(.opened, on: 7, at: start) == start + .seconds(30))
        #expect(deadlines.due(at: start + .milliseconds(29_999)) == [])
        #expect(deadlines.due(at: start + .seconds(30)) == [7])
        #expect(deadlines.due(at: start + .seconds(31)) == [], "it is cut once")
    }

    @Test mutating func `a body has its time, and what its bytes need at the least rate`() {
        deadlines.handle(.opened, on: 7, at: start)
        #expect(deadlines.handle(.begun, on: 7, at: start) == start + .seconds(60))
        #expect(deadlines.handle(.sent(1), on: 7, at: start) == start + .milliseconds(60_001))
        #expect(deadlines.handle(.sent(2_500), on: 7, at: start) == start + .milliseconds(62_501))
    }

    @Test mutating func `the time that the server takes is not the client's`() {
        deadlines.handle(.begun, on: 7, at: start)
        #expect(deadlines.handle(.whole, on: 7, at: start) == nil)
        #expect(deadlines.first == nil)
        #expect(deadlines.due(at: start + .days(1)) == [])
    }

    @Test mutating func `an answer has its time by its size, and then the next head is due`() {
        #expect(deadlines.handle(.answered(100_000), on: 7, at: start) == start + .seconds(160))
        #expect(deadlines.handle(.opened, on: 7, at: start + .seconds(5)) == start + .seconds(35))
    }

    @Test mutating func `a connection that is closed is not waited for, and the others are`() {
        deadlines.handle(.opened, on: 9, at: start + .seconds(1))
        deadlines.handle(.opened, on: 7, at: start)
        deadlines.handle(.opened, on: 8, at: start)
        deadlines.handle(.closed, on: 7, at: start)
        #expect(deadlines.first == start + .seconds(30))
        #expect(deadlines.due(at: start + .seconds(40)) == [8, 9])
        #expect(deadlines.first == nil)
    }

    @Test mutating func `bytes on a connection that was cut give it no time`() {
        deadlines.handle(.begun, on: 7, at: start)
        #expect(deadlines.due(at: start + .seconds(60)) == [7])
        #expect(deadlines.handle(.sent(5_000), on: 7, at: start + .seconds(60)) == nil)
    }

    @Test mutating func `the size of the largest file is no overflow`() {
        let end = deadlines.handle(.answered(1 << 40), on: 7, at: start)
        #expect(end ?? start > start + .days(365))
    }
}
