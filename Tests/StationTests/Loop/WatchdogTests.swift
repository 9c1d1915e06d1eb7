import Devices
import Lane
import Testing

@testable import Station

@Suite struct WatchdogTests {
    @Test func `the decision thread has stalled when it had no turn for longer than the limit`() throws {
        let watchdog = try Watchdog(DarkSwitch())
        let turn = Instant(nanoseconds: 1_000_000_000)
        watchdog.beat(at: turn)
        #expect(!watchdog.hasStalled(at: turn))
        #expect(!watchdog.hasStalled(at: turn + Watchdog.stallAfter))
        #expect(watchdog.hasStalled(at: turn + Watchdog.stallAfter + Interval(nanoseconds: 1)))
        watchdog.beat(at: turn + .seconds(60))
        #expect(!watchdog.hasStalled(at: turn + .seconds(60)))
    }

    @Test func `it leaves a busy thread many turns, and ends when the program does`() throws {
        #expect(Watchdog.stallAfter >= DecisionLoop.longestWait * 5)
        let watchdog = try Watchdog(DarkSwitch())
        watchdog.finish()
        try watchdog.run()
    }
}
