import Camera
import Devices
import Exchange
import Lane
import Sync
import TagReader

/// What the station machine hears. Events come in order of arrival; what happened may lie before.
package enum Event: Sendable {
    /// The program has started; one look at the civil clock.
    case start(UTC, ClockQuality)
    /// A reader's port or session; for bytes `at` is when the first of them arrived.
    case reader(Int, ReaderEvent, at: Instant)
    case lines(LinesEvent)
    /// The decision thread had no turn until then, for longer than `standstill`. It comes at the moment of the last turn before; what waits in
    /// lines and ports comes next, edges first.
    case stoodStill(until: Instant)
    /// The disk worker has answered the ledger.
    case ledger(LedgerEvent)
    /// The disk worker has answered about room.
    case room(RoomWatch.Event)
    /// A camera's worker has answered.
    case photos(PhotoQueue.Event)
    /// The network worker has answered the uploader.
    case upload(UploadAnswer)
    case photoUpload(PhotoAnswer)
    /// The disk worker has gone on with what was set aside.
    case salvage(SalvageAnswer)
    /// The network worker has answered about a salvaged journal.
    case salvagedUpload(UploadAnswer)
    case salvagedPhoto(PhotoAnswer)
    case list(ListEvent)
    /// The network worker has answered about the station's certificate.
    case renewal(Renewal.Event)
    /// One look at the civil clock.
    case clock(UTC, ClockQuality, uncertainty: Interval?)
    /// Somebody asks; answer by number.
    case asked(UInt64, Question)
    /// The moment that the last `.wake` asked for.
    case wake
    /// Stop in order.
    case stop
    /// Whether the decision thread runs before all that is not urgent.
    case scheduled(Scheduling)
}

/// What comes of agreement lists.
package enum ListEvent: Sendable {
    /// The list that lies on our disk, mapped and not verified yet; nil: there is none that can be used. The problem is one line.
    case loaded(AgreementList?, ListStock, problem: String?)
    /// Word from central, or from the disk, that leaves the list in force what it is.
    case updater(ListUpdater.Event)
    /// This one is in force from the next decision on, verified; nil: none.
    case swapped(AgreementList?, ListUpdater.Event)
    /// Whether the list in force stays in memory.
    case held(ListVersion, ListLock)
}

/// What the lamp and detector lines do.
package enum LinesEvent: Hashable, Sendable {
    case connected
    /// They could not be connected, or went away; one line for people.
    case lost(String)
    /// A level as it stood when we connected; the input is the detector's place in the configuration.
    case level(input: Int, isHigh: Bool)
    case edge(input: Int, isHigh: Bool, at: Instant)
    /// So many lines since connecting were not understood.
    case notUnderstood(Int)
}
