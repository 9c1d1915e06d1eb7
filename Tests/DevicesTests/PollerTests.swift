import Lane
import Synchronization
import Testing

@testable import Devices

struct PollerTests {
    @Test func `a wake-up makes its descriptor readable until it is cleared`() throws {
        let wakeUp = try WakeUp()
        var poller = Poller(slots: 3)
        poller.watch(1, wakeUp.descriptor)
        try poller.wait(until: MonotonicClock.now())
        #expect(poller[1] == [])
        wakeUp.signal()
        wakeUp.signal()
        try poller.wait(until: nil)
        #expect(poller[0] == [] && poller[1] == .readable && poller[2] == [])
        wakeUp.clear()
        try poller.wait(until: MonotonicClock.now())
        #expect(poller[1] == [])
    }

    @Test func `a wake-up from another thread ends a wait without a deadline`() async throws {
        let mailbox = try Mailbox()
        let poster = Task.detached { mailbox.wakeUp.signal() }
        var poller = Poller(slots: 1)
        poller.watch(0, mailbox.wakeUp.descriptor)
        try poller.wait(until: nil)
        #expect(poller[0] == .readable)
        await poster.value
    }

    private final class Mailbox: Sendable {
        let wakeUp: WakeUp
        init() throws { wakeUp = try WakeUp() }
    }

    @Test func `a wait ends no earlier than its deadline`() throws {
        var poller = Poller(slots: 1)
        let deadline = MonotonicClock.now() + .microseconds(300)
        try poller.wait(until: deadline)
        #expect(MonotonicClock.now() >= deadline)
    }

    @Test func `an emptied slot is not watched`() throws {
        let wakeUp = try WakeUp()
        wakeUp.signal()
        var poller = Poller(slots: 1)
        poller.watch(0, wakeUp.descriptor)
        poller.watch(0, nil)
        try poller.wait(until: MonotonicClock.now())
        #expect(poller[0] == [])
    }

    @Test func `a descriptor that nobody has open hangs`() throws {
        var poller = Poller(slots: 1)
        poller.watch(0, 1_000_000)
        try poller.wait(until: nil)
        #expect(poller[0] == .hung)
    }

    @Test func `the wall clock is after 2024, and its quality goes with its error`() {
        let reading = WallClock.read()
        #expect(reading.utc > UTC(milliseconds: 1_704_067_200_000))
        #expect((reading.quality == .good) == (reading.error != nil))
    }
}
