import Devices
import Exchange
import Glibc
import Lane
import Sync

/// The thread that looks after agreement lists: it may read, digest and write a gigabyte while commits and lookups go on, and is run
/// after all other threads.
struct ListsWorker: ~Copyable {
    private let events: Mailbox<Event>
    private var lists: StationLists

    init(_ configuration: StationConfiguration, _ folder: StateFolder, events: Mailbox<Event>) {
        let files = ListFolder(configuration, in: folder.path)
        lists = StationLists(files, mostBytes: configuration.mostListBytes(of: memoryOfComputer())) {
            try folder.claim()
        }
        self.events = events
    }

    /// Works until the mailbox is closed.
    mutating func run(_ jobs: Mailbox<Action>) throws(PortError) {
        while let batch = try jobs.waitForAll() {
            for job in batch {
                for event in lists.carryOut(job, at: WallClock.stamp()) { try events.post(.list(event)) }
            }
        }
    }
}

extension ListFolder {
    /// Where a station has its lists.
    init(_ configuration: StationConfiguration, in folder: String) {
        self.init(
            folder: folder, name: configuration.central?.list ?? "none",
            keys: configuration.central?.publicKeys ?? [])
    }
}

extension StationConfiguration {
    /// The largest list that the station takes, in bytes.
    ///
    /// - Parameter memory: of the computer, in bytes.
    package func mostListBytes(of memory: Int) -> Int { (central?.listMemory ?? .byDefault).bytes(of: memory) }
}

/// How much memory this computer has, in bytes.
func memoryOfComputer() -> Int { sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)) }

extension WallClock {
    /// The present moment on both clocks.
    static func stamp() -> Stamp {
        let clock = read()
        return Stamp(at: MonotonicClock.now(), utc: clock.utc, clock: clock.quality)
    }
}
