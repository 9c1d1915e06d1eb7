import Exchange
import Lane

/// Keeps the agreement list up to date: when to ask, what to verify, when to adopt. Pure. A list that is not newer than the one
/// in force is never adopted, whoever signed it.
package struct ListUpdater: Hashable, Sendable {
    /// What a station does about its list if nobody says otherwise: a new agreement is in force within a minute.
    package static let everyByDefault = Interval.minutes(1)

    package enum Event: Hashable, Sendable {
        /// The program runs, with this list in force.
        case start(inForce: ListVersion?)
        case fetched(ListFetch)
        /// The fetched file is a list of that name, signed by a trusted key. It is to be used from then on; nil: at once.
        case verified(ListVersion, activeIn: Interval?)
        case refused(String)
        /// It is in its place on the disk, and in force.
        case adopted(ListVersion)
        case adoptionFailed(String)
        case wake
    }

    package enum Action: Hashable, Sendable {
        /// Ask central for a list other than this one, into a file beside the one in force.
        case fetch(known: ListVersion?)
        /// Open the fetched file with the trusted keys.
        case verify
        /// Put the fetched file in its place durably, and swap it in between two decisions.
        case adopt(ListVersion)
        case condition(ListCondition)
        case wake(Instant?)
    }

    private enum Phase: Hashable {
        case stopped
        case fetching
        case verifying
        /// It lies beside, and is in force later.
        case holding(ListVersion, until: Instant)
        case adopting
        case waiting(until: Instant)
    }

    package let every: Interval
    /// The list by which is decided.
    package private(set) var inForce: ListVersion?
    private var phase = Phase.stopped
    private var backOff: BackOff
    private var condition: ListCondition?
    private var wakeAt: Instant?

    /// - Parameter every: how often central is asked. 10 s to 1 day.
    package init(every: Interval = everyByDefault, seed: UInt64) {
        self.every = every
        backOff = BackOff(seed: seed)
    }

    package mutating func handle(_ event: Event, at now: Instant) -> [Action] {
        var actions: [Action] = []
        switch (event, phase) {
        case (.start(let version), .stopped):
            inForce = version
            fetch(&actions)
        case (.fetched(.file), .fetching):
            phase = .verifying
            actions.append(.verify)
        case (.fetched(.notModified), .fetching): wait(.current, now, &actions)
        case (.fetched(.later(let reason, let notBefore)), .fetching):
            backOff(reason, notBefore, now, &actions)
        case (.verified(let version, let activeIn), .verifying): take(version, activeIn, now, &actions)
        case (.refused(let reason), .verifying): wait(.refused(reason), now, &actions)
        case (.adopted(let version), .adopting):
            inForce = version
            wait(.current, now, &actions)
        case (.adoptionFailed(let reason), .adopting): wait(.refused(reason), now, &actions)
        case (.wake, .waiting(let until)): if until <= now { fetch(&actions) }
        case (.wake, .holding(let version, let until)): if until <= now { adopt(version, &actions) }
        case (.start, _), (.fetched, _), (.verified, _), (.refused, _), (.adopted, _), (.adoptionFailed, _), (.wake, _):
            break
        }
        setWake(&actions)
        return actions
    }

    private mutating func fetch(_ actions: inout [Action]) {
        phase = .fetching
        actions.append(.fetch(known: inForce))
    }

    private mutating func adopt(_ version: ListVersion, _ actions: inout [Action]) {
        phase = .adopting
        actions.append(.adopt(version))
    }

    private mutating func take(
        _ version: ListVersion, _ activeIn: Interval?, _ now: Instant, _ actions: inout [Action]
    ) {
        if let inForce, version <= inForce {
            guard version < inForce else { return wait(.current, now, &actions) }
            let old = "\(version.epoch).\(version.version)"
            let new = "\(inForce.epoch).\(inForce.version)"
            return wait(.refused("list \(old) is older than \(new), which is in force"), now, &actions)
        }
        guard let activeIn, activeIn > .zero else { return adopt(version, &actions) }
        report(.current, &actions)
        // A newer list may come before this one is in force: central is asked again meanwhile.
        phase = activeIn < every ? .holding(version, until: now + activeIn) : .waiting(until: now + every)
    }

    /// Central answered, whatever its list was worth: the next time comes at the usual distance, a little sooner by chance, so that
    /// stations spread out.
    private mutating func wait(_ condition: ListCondition, _ now: Instant, _ actions: inout [Action]) {
        backOff.reset()
        report(condition, &actions)
        phase = .waiting(until: now + every - backOff.some(of: Interval(nanoseconds: every.nanoseconds / 4)))
    }

    /// Central did not answer.
    private mutating func backOff(
        _ reason: String, _ notBefore: Interval?, _ now: Instant, _ actions: inout [Action]
    ) {
        report(.unreachable(reason), &actions)
        phase = .waiting(until: now + max(backOff.next(), min(notBefore ?? .zero, Uploader.longestPause)))
    }

    private mutating func report(_ condition: ListCondition, _ actions: inout [Action]) {
        guard condition != self.condition else { return }
        self.condition = condition
        actions.append(.condition(condition))
    }

    private mutating func setWake(_ actions: inout [Action]) {
        let next: Instant? =
            switch phase {
            case .waiting(let until), .holding(_, let until): until
            case .stopped, .fetching, .verifying, .adopting: nil
            }
        guard next != wakeAt else { return }
        wakeAt = next
        actions.append(.wake(next))
    }
}

/// What came of asking for a list.
package enum ListFetch: Hashable, Sendable {
    /// It lies in the file that was named.
    case file
    /// Central has no other than the one that we know.
    case notModified
    case later(String, notBefore: Interval?)
}

/// How keeping the list up to date goes, for `status` and the alarms.
package enum ListCondition: Hashable, Sendable {
    case current
    case unreachable(String)
    /// What central gave was older, not signed by a trusted key, or damaged.
    case refused(String)
}
