import Devices
import Glibc
import Lane
import Testing

@testable import Station

extension ProcessTests {
    @Suite struct Lines {
        @Test func `a line bank may be away, come, talk nonsense and go`() throws {
            let site = try Site()
            site.stopBank()
            try site.start()
            #expect(try site.awaitAlarm(.linesDown).contains("start the line bank, or mend the path"))
            try site.stop()
            try site.start()
            try site.startBank()
            try site.awaitNo(.linesDown)
            try site.drive()
            for line in ["edge lane1.loop 2 1", "\u{0}\u{1}\u{7F}", String(repeating: "x", count: 100_000)] {
                site.bank?.say(line)
            }
            try site.awaitAlarm(.linesFaulty, because: "3 lines since connecting were not understood")
            try site.drive()
            site.bank?.drop()
            try site.awaitNo(.linesDown)
            try site.awaitNo(.linesFaulty)
            try site.drive()
            try site.finish()
        }

        @Test func `lamps dark puts out the lamps, and says in one line when it cannot`() throws {
            let site = try Site()
            let dark = try Programs.run("station", ["lamps", "dark", site.configuration])
            #expect(dark.code == 0)
            #expect(dark.output == "dark: 1 heads\n")
            try site.bank?.settle()
            #expect(site.bank?.state.lamps == [LaneNumber(1): .dark])
            site.stopBank()
            let away = try Programs.run("station", ["lamps", "dark", site.configuration])
            #expect(away.code == 69)
            #expect(away.errors.hasPrefix("connect to \(site.folder)/lines.sock: "))
            #expect(away.errors.split(separator: "\n").count == 1)
        }

        /// Found by `lanesim torture`, seed 21: the first lamp that could not be set threw away the edges behind it.
        @Test func `vehicles that the lines told of before they went are seen, also by a station that was held up`()
            throws
        {
            let site = try Site()
            try site.start()
            try site.awaitReading()
            site.signal(SIGSTOP)
            var poller = Poller(slots: 0)
            for isHigh in [true, false, true, false, true, false] {
                site.bank?.set("lane1.loop", isHigh: isHigh)
                // Nearer to each other they would be one vehicle.
                try poller.wait(until: MonotonicClock.now() + Interval.milliseconds(isHigh ? 150 : 600))
            }
            try site.bank?.settle()
            site.stopBank()
            site.signal(SIGCONT)
            try site.wait("three vehicles") { $0.lanes[0].vehicles >= 3 }
            try site.awaitAlarm(.linesDown)
            try site.startBank()
            try site.awaitNo(.linesDown)
            try site.finish()
        }
    }
}
