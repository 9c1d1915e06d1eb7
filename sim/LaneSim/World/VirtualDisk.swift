import Camera
import Exchange
import Lane
import SimDisk
import Station
import Storage
import Sync

/// The station's own disk code over a simulated disk, with the time that each job takes, one after the other.
struct VirtualDisk: ~Copyable {
    /// A group commit on flash at the road.
    static let commit = Interval.milliseconds(3)
    /// Everything else: names changed, a small file read.
    static let other = Interval.milliseconds(1)
    /// Opening looks through folder and journal.
    static let open = Interval.milliseconds(20)

    /// The disk: a card that is nearly empty.
    static let capacity = 16_000_000_000
    /// What the journal keeps in reserve, in bytes: little, because each run writes it.
    static let reserve = 4_096

    /// Jobs that are not done, the first of them under way.
    var jobs: [Action] = []
    private let folder: StateFolder
    private var disk: StationDisk
    private var freeAt = Instant(nanoseconds: 0)

    /// - Parameter newJournal: the ids of journals that are made.
    init(_ context: RecordContext, _ folder: StateFolder, newJournal: @escaping () -> JournalID) {
        self.folder = folder
        disk = StationDisk(context, folder, newJournal: newJournal)
    }

    /// Takes a job; when it will be done.
    mutating func take(_ job: Action, at now: Instant, slower: Interval) -> Instant {
        jobs.append(job)
        let time: Interval =
            switch job {
            case .ledger(.commit): Self.commit + slower
            case .ledger(.open): Self.open + slower
            default: Self.other
            }
        freeAt = max(freeAt, now) + time
        return freeAt
    }

    /// Does a job; its event, if it has one.
    mutating func carryOut(_ job: Action, at stamp: Stamp) -> Event? { disk.carryOut(job, at: stamp) }

    /// Keeps a photo as a camera's worker does.
    func keep(_ bytes: [UInt8], of job: PhotoJob, at stamp: Stamp) -> PhotoQueue.Event {
        do throws(SnapshotFailure) {
            return .captured(job.id, try photoStore().keep(bytes, as: job.name, at: stamp.at))
        } catch {
            return .failed(job.id, error.reason, store: error.store)
        }
    }

    private func photoStore() throws(SnapshotFailure) -> PhotoStore {
        do { return try folder.photoStore() } catch { throw SnapshotFailure(.diskFailed, "\(error)", store: .failed) }
    }
}
