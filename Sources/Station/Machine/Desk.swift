import Devices
import Exchange
import Lane
import TagReader

/// What the station machine keeps beside its parts: who waits for what, and what `status` shows.
struct Desk: Sendable {
    /// A read whose commit its reader waits for.
    struct AwaitedRead: Sendable {
        let reader: Int
        let token: ReadToken
        let since: Instant
    }

    struct Reader: Sendable {
        var state = ReaderState.synchronising
        /// Since when it has been synchronising, counted from the start; nil in any other state.
        var synchronisingSince: Instant?
        /// A read of it waits for its commit, so that it sends nothing new.
        var isHeldUp = false
        var counters: [ReaderCounter: Int] = [:]

        /// Nobody can say of a vehicle under it that it has no tag.
        var isDown: Bool { state.isDown || isHeldUp }
    }

    /// Statistics by lane.
    struct ByLane: Sendable {
        private var lanes: [LaneStatistics]
        init(lanes: Int) { self.lanes = Array(repeating: LaneStatistics(), count: lanes) }
        subscript(lane: LaneNumber) -> LaneStatistics {
            get { lanes[Int(lane.number) - 1] }
            set { lanes[Int(lane.number) - 1] = newValue }
        }
    }

    let startedAt: Instant
    var awaited: [ReadID: AwaitedRead] = [:]
    /// Of open passages.
    var sequences: [PassageID: Sequence] = [:]
    /// What the clock and the list were like when an open passage was decided.
    var circumstances: [PassageID: Passage.Flags] = [:]
    /// Open passages that are counted in a gap and have no record: no photo of them is taken.
    var notKept: Set<PassageID> = []
    var readers: [Reader]
    var statistics: ByLane
    var alarms = AlarmBoard()
    /// Whether the reader sessions were started: when the journal was open, or could not be opened.
    var hasReaders = false
    /// Since when an opening or a commit is under way; nil: none is.
    var diskAsked: Instant?
    /// Whether the lines said what was not understood since the last housekeeping.
    var linesTalkNonsense = false
    /// Alarms that changed and have no record yet.
    var alarmRecords: [(event: StationEvent, stamp: Stamp)] = []
    /// Whether any look at the civil clock has been had.
    var hasClock = false
    var journal: JournalID?
    /// Why a new journal was asked for that is not open yet.
    var newJournalBecause: String?
    var sealed = Sequence(0)
    var acknowledged = Sequence(0)
    var rejected = 0
    /// Records that were declared lost, since the start.
    var lost = 0
    var lastAnswer: Instant?
    var list = StationMachine.ListState()
    /// How the decision thread is run; nil until it has asked.
    var scheduling: Scheduling?

    init(_ configuration: StationConfiguration, startedAt now: Instant) {
        startedAt = now
        readers = configuration.readers.map { _ in Reader(synchronisingSince: now) }
        statistics = ByLane(lanes: configuration.lanes.count)
    }
}
