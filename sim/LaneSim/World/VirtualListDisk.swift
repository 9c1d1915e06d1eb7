import Exchange
import Lane
import Station
import Sync

/// The station's own code for agreement lists over a real folder of the run, with the time that each job takes, one after the other.
struct VirtualListDisk: ~Copyable {
    /// The computer's memory in virtual time, of which a part is for the list.
    static let memory = 4 << 30
    /// Names changed, a file looked at.
    static let other = Interval.milliseconds(1)
    /// Building and verifying: so many bytes a second are read, digested and written.
    static let bytesPerSecond: Int64 = 200_000_000

    /// Why nothing can be written. Lists are mapped and so lie on the real disk: whole jobs fail.
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
    private var lists: StationLists
    private var freeAt = Instant(nanoseconds: 0)

    /// - Parameters:
    ///   - folder: the station's, which its lists lie in on the road.
    ///   - lists: the real folder that they lie in here.
    init(_ configuration: StationConfiguration, _ folder: StateFolder, lists: String) {
        let files = ListFolder(
            folder: lists, name: configuration.central?.list ?? "none", keys: [VirtualLists.publicKey])
        self.lists = StationLists(files, mostBytes: configuration.mostListBytes(of: Self.memory)) { try folder.claim() }
    }

    /// Takes a job; when it will be done.
    mutating func take(_ job: Action, at now: Instant, slower: Interval) -> Instant {
        jobs.append(job)
        let time: Interval =
            if case .listUpdater(.build(.download(let offer), _)) = job {
                Self.other + Interval(nanoseconds: Int64(offer.listBytes) * 1_000_000_000 / Self.bytesPerSecond)
                    + slower
            } else {
                Self.other
            }
        freeAt = max(freeAt, now) + time
        return freeAt
    }

    /// Does a job; its events.
    mutating func carryOut(_ job: Action, at stamp: Stamp, _ trouble: Trouble?) -> [Event] {
        if let trouble, let failure = Self.failure(of: job, trouble.words) { return [.list(.updater(failure))] }
        return lists.carryOut(job, at: stamp).map { .list($0) }
    }

    /// What comes of a job that writes, on a disk that is full or fails; nil: the job writes nothing.
    private static func failure(of job: Action, _ words: String) -> ListUpdater.Event? {
        switch job {
        case .listUpdater(.look): .noRoom(words)
        case .listUpdater(.build): .notBuilt(.failed(words))
        case .listUpdater(.adopt): .notAdopted(words, isUsable: true)
        default: nil
        }
    }
}
