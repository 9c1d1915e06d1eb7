import Camera
import Exchange
import Lane
import Station
import Storage
import Sync

/// The station's own disk code over a folder of the run, with the time that each job takes, one after the other.
struct VirtualDisk: ~Copyable {
    /// A group commit on flash at the road.
    static let commit = Interval.milliseconds(3)
    /// Everything else: names changed, a small file read.
    static let other = Interval.milliseconds(1)
    /// Opening looks through folder and journal.
    static let open = Interval.milliseconds(20)

    /// What the journal keeps in reserve, in bytes: little, because it is a real file.
    static let reserve = 4_096
    /// A card of 16 GB that is full.
    private static let fullRoom = DiskRoom(free: 0, total: 16_000_000_000)

    /// Why nothing can be written.
    enum Trouble: Hashable, Sendable {
        case isFull
        /// I/O errors.
        case fails

        /// As the operating system has it.
        var words: String {
            switch self {
            case .isFull: "no space left on the disk; make room on the disk"
            case .fails: "Input/output error; look at the disk"
            }
        }
    }

    /// Jobs that are not done, the first of them under way.
    var jobs: [Action] = []
    /// Journals were opened so often: what was read of the last one's file is out of date.
    private(set) var openings = 0
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
    mutating func carryOut(_ job: Action, at stamp: Stamp, _ trouble: Trouble?) -> Event? {
        if case .ledger(.open) = job { openings += 1 }
        return trouble.flatMap { failure(of: job, $0) } ?? disk.carryOut(job, at: stamp)
    }

    /// What comes of a job that writes, on a disk that is full or fails; nil: the job writes nothing.
    private func failure(of job: Action, _ trouble: Trouble) -> Event? {
        let failure = JournalFailure("write the journal: \(trouble.words)", isFull: trouble == .isFull)
        switch job {
        case .ledger(.commit(let number, _)): return .ledger(.failed(number, failure))
        case .ledger(.open): return .ledger(.openFailed(failure))
        case .room(.look) where trouble == .isFull:
            return .room(.looked(Self.fullRoom, hasReserve: folder.reserve.isThere))
        case .room(.look): return .room(.notLooked)
        case .room(.makeReserve): return .room(.notMade(reason: trouble.words))
        case .lookAtPhotos: return .photos(.store(trouble == .isFull ? .diskFull : .failed))
        default: return nil
        }
    }

    /// Keeps a photo as a camera's worker does.
    func keep(_ bytes: [UInt8], of job: PhotoJob, at stamp: Stamp, _ trouble: Trouble?) -> PhotoQueue.Event {
        switch trouble {
        case .isFull: return .failed(job.id, .storeFull, store: .diskFull)
        case .fails: return .failed(job.id, .diskFailed, store: .failed)
        case nil: break
        }
        do throws(SnapshotFailure) {
            let store = try photoStore()
            let file = try store.keep(bytes, as: job.name, at: stamp.at)
            try date(store.path(of: job.name), stamp.utc)
            return .captured(job.id, file)
        } catch {
            return .failed(job.id, error.reason, store: error.store)
        }
    }

    /// Photos that lie there.
    func photosLeft() throws -> Int { try folder.photoStore().usage.files }

    private func photoStore() throws(SnapshotFailure) -> PhotoStore {
        do { return try folder.photoStore() } catch { throw SnapshotFailure(.diskFailed, "\(error)", store: .failed) }
    }

    private func date(_ path: String, _ utc: UTC) throws(SnapshotFailure) {
        do {
            try setModified(path, milliseconds: utc.milliseconds)
        } catch {
            throw SnapshotFailure(.diskFailed, "\(error)", store: .failed)
        }
    }
}
