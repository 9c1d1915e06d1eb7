import Exchange
import HTTP
import Lane
import Testing

@testable import Sync

@Suite struct `The renewal of the certificate` {
    private static let day: Int64 = 86_400_000
    /// Ninety days from day 0.
    private let validity = Validity(begins: UTC(milliseconds: 0), ends: UTC(milliseconds: 90 * day))
    private var renewal = Renewal(seed: 1)

    private func at(day: Double) -> Stamp {
        let milliseconds = Int64(day * Double(Self.day))
        return Stamp(
            at: Instant(nanoseconds: milliseconds * 1_000_000 + 1_000 * Self.day * 1_000_000),
            utc: UTC(milliseconds: milliseconds), clock: .good)
    }

    /// What it wants, without its wakes; and when it wants to be woken.
    private mutating func send(
        _ event: Renewal.Event, day: Double
    ) -> (wants: [Renewal.Action], wake: Interval?) {
        let now = at(day: day)
        var wake: Interval?
        let actions = renewal.handle(event, at: now).filter { action in
            if case .wake(let moment) = action {
                wake = moment.map { $0 - now.at }
                return false
            }
            return true
        }
        return (actions, wake)
    }

    @Test mutating func `begins when two thirds of its life are over, and goes on with the new one`() {
        #expect(send(.start, day: 59.5).wants == [.look])
        #expect(send(.found(validity), day: 59.5) == ([.condition(.good)], Renewal.lookEvery))
        #expect(send(.wake, day: 60).wants == [.look])
        #expect(send(.found(validity), day: 60) == ([.renew], nil))
        let next = Validity(begins: UTC(milliseconds: 60 * Self.day), ends: UTC(milliseconds: 150 * Self.day))
        #expect(send(.renewed(next), day: 60) == ([], Renewal.lookEvery))
        #expect(send(.wake, day: 60.5).wants == [.look])
        #expect(send(.found(next), day: 60.5) == ([], Renewal.lookEvery))
    }

    @Test mutating func `begins each day, and that it fails is no alarm while the certificate is good for long`() {
        _ = send(.start, day: 1)
        #expect(send(.found(validity), day: 1) == ([.condition(.good)], Renewal.lookEvery))
        _ = send(.wake, day: 1.9)
        #expect(send(.found(validity), day: 1.9) == ([], Renewal.lookEvery))
        _ = send(.wake, day: 2)
        #expect(send(.found(validity), day: 2) == ([.renew], nil))
        let failed = send(.failed("away"), day: 2)
        #expect(failed.wants == [] && (Interval.zero...BackOff.longest).contains(failed.wake ?? .days(1)))
        _ = send(.wake, day: 2)
        #expect(send(.found(validity), day: 2).wants == [.renew], "until it has worked")
        #expect(send(.renewed(validity), day: 2) == ([], Renewal.lookEvery))
        _ = send(.wake, day: 2.9)
        #expect(send(.found(validity), day: 2.9) == ([], Renewal.lookEvery))
    }

    @Test mutating func `is tried again when it failed, an alarm in the last sixth, and another after the end`() {
        _ = send(.start, day: 70)
        #expect(send(.found(validity), day: 70).wants == [.condition(.good), .renew])
        let failed = send(.failed("away"), day: 70)
        #expect(failed.wants == [] && (Interval.zero...BackOff.longest).contains(failed.wake ?? .days(1)))
        _ = send(.wake, day: 76)
        let ends = validity.ends
        #expect(send(.found(validity), day: 76).wants == [.condition(.endsSoon(ends, reason: "away")), .renew])
        #expect(send(.failed("away"), day: 76).wants == [])
        _ = send(.wake, day: 91)
        #expect(send(.found(validity), day: 91).wants == [.condition(.ended(ends, reason: "away")), .renew])
        let next = Validity(begins: UTC(milliseconds: 91 * Self.day), ends: UTC(milliseconds: 181 * Self.day))
        #expect(send(.renewed(next), day: 91) == ([.condition(.good)], Renewal.lookEvery))
    }

    @Test mutating func `looks again where nobody has enrolled the station, and takes what comes`() {
        #expect(send(.start, day: 1).wants == [.look])
        #expect(send(.found(nil), day: 1) == ([.condition(.good)], Renewal.lookEvery))
        #expect(send(.wake, day: 1).wants == [.look])
        #expect(send(.found(validity), day: 1) == ([], Renewal.lookEvery))
    }

    @Test mutating func `tells a clock that is behind, and a file that is none`() {
        _ = send(.start, day: -20_000)
        let begins = validity.begins
        #expect(send(.found(validity), day: -20_000) == ([.condition(.notBegun(begins))], Renewal.lookEvery))
        _ = send(.wake, day: 1)
        #expect(send(.unreadable("no certificate"), day: 1).wants == [.condition(.unreadable("no certificate"))])
        _ = send(.wake, day: 1)
        #expect(send(.found(validity), day: 1).wants == [.condition(.good), .renew])
    }

    @Test mutating func `takes no answer that it has not asked for`() {
        for event in [Renewal.Event.wake, .found(validity), .renewed(validity), .failed("away"), .unreadable("no")] {
            #expect(send(event, day: 1) == ([], nil))
        }
    }
}
