import Exchange
import HTTP
import Lane

/// Sees to it that the station's certificate is renewed each day, before it ends, and after it has ended offline. Pure; the network worker
/// carries it out.
///
///     start ─look─▶ none ─wake─▶ look …                            somebody may enrol the station while it runs
///                     │ identity
///                     ▼
///                    good ─a day, or two thirds of its life─▶ renewing ─renewed─▶ good
///                                                      │ failed
///                                                      ▼
///                                                   waiting ─wake─▶ renewing …
package struct Renewal: Hashable, Sendable {
    /// How often the files are looked at: a first certificate, or one put there by hand, is noticed within this.
    package static let lookEvery = Interval.minutes(1)

    /// How often a certificate is renewed that is good for long: with each comes what the station is to trust, so that a change of the
    /// authority is known everywhere within this. By the monotonic clock: a wrong civil one must not ask for it without end.
    package static let renewEvery = Interval.days(1)

    package enum Event: Hashable, Sendable {
        case start
        /// What the state folder holds; nil: the station is not enrolled.
        case found(Validity?)
        /// The state folder could not be read, or holds no certificate; one line.
        case unreadable(String)
        case renewed(Validity)
        /// No new certificate; one line.
        case failed(String)
        case wake
    }

    package enum Action: Hashable, Sendable {
        /// Answer `found` or `unreadable`.
        case look
        /// Make a new key, ask for its certificate over the present one, keep both; answer `renewed` or `failed`.
        case renew
        case condition(Condition)
        case wake(Instant?)
    }

    /// How it stands, for the alarm.
    package enum Condition: Hashable, Sendable {
        /// There is nothing to renew, or it is long good, or is renewed in time.
        case good
        /// It ends then, and could not be renewed so far.
        case endsSoon(UTC, reason: String)
        case ended(UTC, reason: String)
        /// By this computer's clock it has not begun: the clock is wrong.
        case notBegun(UTC)
        case unreadable(String)
    }

    private enum Phase: Hashable {
        case stopped
        case looking
        case renewing
        case waiting
    }

    private var phase = Phase.stopped
    private var validity: Validity?
    private var reason = ""
    /// When it is renewed although it is good for long.
    private var renewAt: Instant?
    private var condition: Condition?
    private var backOff: BackOff

    package init(seed: UInt64) { backOff = BackOff(seed: seed) }

    /// - Parameter now: on both clocks; what is due is judged by civil time, whoever vouches for it.
    package mutating func handle(_ event: Event, at now: Stamp) -> [Action] {
        switch (event, phase) {
        case (.start, .stopped):
            renewAt = now.at + Self.renewEvery
            return look()
        case (.wake, .waiting): return look()
        case (.found(let validity), .looking): return judge(validity, now)
        case (.unreadable(let reason), .looking):
            return report(.unreadable(reason)) + wait(Self.lookEvery, now)
        case (.renewed(let validity), .renewing):
            backOff.reset()
            reason = ""
            renewAt = now.at + Self.renewEvery
            self.validity = validity
            // Looked at again soon: a clock that is far ahead would have it renewed without end.
            return judgeEnd(now) + wait(Self.lookEvery, now)
        case (.failed(let reason), .renewing):
            self.reason = reason
            return judgeEnd(now) + wait(backOff.next(), now)
        case (.start, _), (.wake, _), (.found, _), (.unreadable, _), (.renewed, _), (.failed, _): return []
        }
    }

    private mutating func look() -> [Action] {
        phase = .looking
        return [.look]
    }

    private mutating func judge(_ validity: Validity?, _ now: Stamp) -> [Action] {
        self.validity = validity
        guard let validity else { return report(.good) + wait(Self.lookEvery, now) }
        if now.utc < validity.begins { return report(.notBegun(validity.begins)) + wait(Self.lookEvery, now) }
        let left = validity.ends.milliseconds - now.utc.milliseconds
        guard left <= validity.life / 3 || renewAt.map({ $0 <= now.at }) ?? false else {
            return report(.good) + wait(Self.lookEvery, now)
        }
        phase = .renewing
        return judgeEnd(now) + [.renew]
    }

    /// A last sixth of its life is time enough for a person to look: fifteen days of ninety.
    private mutating func judgeEnd(_ now: Stamp) -> [Action] {
        guard let validity else { return report(.good) }
        let left = validity.ends.milliseconds - now.utc.milliseconds
        if left < 0 { return report(.ended(validity.ends, reason: reason)) }
        if left <= validity.life / 6, !reason.isEmpty { return report(.endsSoon(validity.ends, reason: reason)) }
        return report(.good)
    }

    private mutating func wait(_ pause: Interval, _ now: Stamp) -> [Action] {
        phase = .waiting
        return [.wake(now.at + pause)]
    }

    private mutating func report(_ condition: Condition) -> [Action] {
        guard condition != self.condition else { return [] }
        self.condition = condition
        return [.condition(condition)]
    }
}

extension Validity {
    /// In milliseconds.
    fileprivate var life: Int64 { ends.milliseconds - begins.milliseconds }
}
