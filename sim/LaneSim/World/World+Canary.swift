import Lane
import Lights
import Station
import Sync

/// What is broken on purpose, for `lanesim canaries`.
extension World {
    /// How long commits are not carried out before the station is killed.
    private static let withoutCommits = Interval.seconds(3)
    /// How long records are delivered before that ends.
    private static let deliversFor = Interval.hours(12)
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

    /// Longer than any passage.
    private static let wallTimeSet = Interval.minutes(10)

    /// What the machine is told that the time is.
    mutating func machineTime() -> Instant {
        guard canary == .wallTimeAsNow else { return clock.now }
        // Not behind the monotonic clock: a wake would never be due.
        wallTime = max(wallTime, clock.now, clock.now + clock.offset)
        return wallTime
    }

    /// So that there is something to see, civil time is set while the first vehicle is over the detector.
    mutating func setWallTime(_ isOccupied: Bool) {
        guard canary == .wallTimeAsNow, isOccupied, clock.offset < Self.wallTimeSet else { return }
        stepClock(by: Self.wallTimeSet)
    }

    /// Keeps a light until the next commit has returned; false: it goes its way.
    mutating func holdsBack(_ aspect: Aspect, _ lane: LaneNumber) -> Bool {
        guard canary == .lightAfterCommit, aspect != .dark else { return false }
        heldLights.append((aspect, lane))
        return true
    }

    mutating func releaseLights() {
        for light in heldLights { show(light.aspect, on: light.lane) }
        heldLights = []
    }

    /// Whether nothing that is delivered arrives any more.
    func deliveryHasEnded(_ question: Action) -> Bool {
        guard canary == .deliveryEnds, clock.elapsed > Self.deliversFor, case .uploader = question else { return false }
        return true
    }

    /// What the central server publishes.
    static func lists(_ lists: [PublishedList], breaking canary: Canary?) -> [PublishedList] {
        switch canary {
        case .denialsStripped: lists.map(\.withoutDenials)
        case .listHalfSwapped: zip(lists, lists.prefix(1) + lists).map { $0.halfStill($1) }
        default: lists
        }
    }

    /// A tag's text with another second digit: no vehicle of the swarm has that one.
    static func repaired(_ text: String) -> String { text.prefix(1) + "9" + text.dropFirst(2) }
}
