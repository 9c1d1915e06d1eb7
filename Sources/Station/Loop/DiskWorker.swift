import Devices
import Exchange
import Lane
import Sync

/// The thread that writes: it carries out one action after the other on the disk and answers each with one event.
struct DiskWorker: ~Copyable {
    private let events: Mailbox<Event>
    private var disk: StationDisk

    init(
        _ configuration: StationConfiguration, _ context: RecordContext, _ folder: StateFolder, events: Mailbox<Event>
    ) {
        let lists = ListFolder(
            folder: folder.path, name: configuration.central?.list ?? "none",
            keys: configuration.central?.publicKeys ?? [])
        disk = StationDisk(context, folder, lists)
        self.events = events
    }

    /// Works until the mailbox is closed.
    mutating func run(_ jobs: Mailbox<Action>) throws(PortError) {
        while let batch = try jobs.waitForAll() {
            for job in batch {
                guard let answer = disk.carryOut(job, at: Self.now()) else { continue }
                try events.post(answer)
            }
        }
    }

    private static func now() -> Stamp {
        let clock = WallClock.read()
        return Stamp(at: MonotonicClock.now(), utc: clock.utc, clock: clock.quality)
    }
}
