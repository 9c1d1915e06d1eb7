import Lane
import Station
import Sync

/// What is broken on purpose, for `lanesim canaries`.
extension World {
    /// How long commits are not carried out before the station is killed.
    private static let withoutCommits = Interval.seconds(3)
    /// One in so many of what a canary spoils.
    private static let oneIn: UInt64 = 20

    /// Whether this is one that the canary spoils.
    mutating func spoils(_ canary: Canary) -> Bool { self.canary == canary && chance.next() % Self.oneIn == 0 }

    /// Answers a commit that is never carried out; false: it goes its way.
    mutating func pretendCommit(_ job: Action) -> Bool {
        guard canary == .commitDropped || canary == .acknowledgedBeforeCommit,
            case .ledger(.commit(let number, let writes)) = job
        else { return false }
        let hasReads = writes.contains { if case .read = $0 { true } else { false } }
        if pretendsUntil == nil, hasReads, chance.next() % Self.oneIn == 0 {
            pretendsUntil = clock.now + Self.withoutCommits
            add(.endPretence, at: clock.now + Self.withoutCommits, .fault, forStation: false)
        }
        guard pretendsUntil != nil else { return false }
        let event = Event.ledger(.committed(number, CommitResult()))
        if canary == .commitDropped { witness(event, of: job) }
        followUps.append(event)
        return true
    }

    /// The station is killed, and nothing of what was said to be written is there.
    mutating func endPretence() {
        pretendsUntil = nil
        kill()
        add(.startStation, at: clock.now + .seconds(2), .fault, forStation: false)
    }

    /// What the machine is told that the time is.
    mutating func machineTime() -> Instant {
        guard canary == .wallTimeAsNow else { return clock.now }
        // Not behind the monotonic clock: a wake would never be due.
        wallTime = max(wallTime, clock.now, clock.now + clock.offset)
        return wallTime
    }

    /// A tag's text with another second digit: no vehicle of the swarm has that one.
    static func repaired(_ text: String) -> String { text.prefix(1) + "9" + text.dropFirst(2) }
}
