import Camera
import Devices
import Exchange
import Lane
import Lights
import Sync

/// What the station machine wants done, in this order; workers and ports carry it out.
package enum Action: Sendable {
    case openPort(Int)
    case closePort(Int)
    case write(Int, [UInt8])
    case connectLines
    /// Light this place of the lane's head, and put out the two others.
    case show(Aspect, LaneNumber)
    /// Capturing is for the camera's worker, discarding and renaming for the disk worker.
    case photos(PhotoQueue.Action)
    /// Answer `.photos(.store(…))`: whether photos can be kept again.
    case lookAtPhotos
    /// For the disk worker: look how much room there is, make or give up the reserve.
    case room(RoomWatch.Action)
    /// For the disk worker: open, commit, checkpoint, delete photos.
    case ledger(LedgerAction)
    /// For the network worker.
    case uploader(Uploader.Action)
    /// For the disk worker: what was set aside.
    case salvage(SalvageJob)
    /// For the network worker: as the uploader's, out of a salvaged journal.
    case salvaged(SalvagedJournal, Uploader.Action)
    /// For the network worker: send the first photo of a salvaged journal after that one.
    case salvagedPhoto(SalvagedJournal, after: PhotoName?)
    /// Send the first photo after that one, of a passage up to that sequence.
    case sendPhoto(JournalID, after: PhotoName?, upTo: Sequence)
    /// Asking and fetching is for the network worker, the rest for the lists worker.
    case listUpdater(ListUpdater.Action)
    /// For the network worker: look and renew.
    case renewal(Renewal.Action)
    /// Map the list that lies on our disk.
    case loadList
    /// Nothing is looked up in that list any more: its memory can go.
    case releaseList(ListVersion)
    /// Answer `.clock`.
    case readClock
    /// For whoever has started the program.
    case tell(Supervisor.Word)
    case log(LogEntry)
    case watch(PassageNotice)
    case answer(UInt64, Answer)
    /// Send `.wake` at this moment; it replaces the one before. Nil: no wake.
    case wake(Instant?)
    /// Everything is committed, or the time for it is over: end the program.
    case stopped
}
