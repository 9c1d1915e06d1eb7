import Devices
import Exchange
import Lane
import LaneSim
import TestSupport
import Testing

@testable import Station

extension ProcessTests {
    @Suite struct Identity {
        @Test func `a running station takes its certificate, renews it, and says when it is withdrawn`() throws {
            let site = try EnrolmentSite()
            // From five minutes ago to in a minute: two thirds are over when it is made.
            try site.start(life: .seconds(60))
            var station = try start(site)
            try awaitLogged("alarm.set alarm=centralUnreachable subject=records", site)
            try site.enrol()
            try awaitLogged("alarm.cleared alarm=centralUnreachable subject=records", site)
            let first = try station.stop()
            #expect(first == 0)
            station = try start(site)
            try awaitLogged("certificate.renewed ends=", site)
            #expect(site.log().count { $0.contains("station 42: has a certificate until") } == 2)
            #expect(site.central("stations withdraw 42").code == .ok)
            try awaitLogged("the certificate was withdrawn", site)
            let second = try station.stop()
            #expect(second == 0)
        }

        private func start(_ site: EnrolmentSite) throws -> ChildProcess {
            try ChildProcess(
                Programs.path("station"), ["run", site.folder / "station.conf"], log: site.folder / "station.log")
        }

        /// Waits until the station's log has these words.
        private func awaitLogged(_ words: String, _ site: EnrolmentSite) throws {
            let deadline = MonotonicClock.now() + Site.patience
            var poller = Poller(slots: 0)
            while true {
                let log = String(decoding: bytesOf(site.folder / "station.log") ?? [], as: UTF8.self)
                if log.contains(words) { return }
                guard MonotonicClock.now() < deadline else {
                    throw Site.Missing("not logged: \(words)\n\(log.suffix(2_000))\n\(site.log())")
                }
                try poller.wait(until: MonotonicClock.now() + Interval.milliseconds(20))
            }
        }
    }
}
