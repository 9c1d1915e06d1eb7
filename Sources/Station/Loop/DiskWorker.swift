import Devices
import Exchange
import Lane
import Sync

/// The thread that writes: it carries out one action after the other on the disk and answers each with one event.
struct DiskWorker: ~Copyable {
    private let events: Mailbox<Event>
    private var disk: StationDisk

    init(_ context: RecordContext, _ folder: StateFolder, events: Mailbox<Event>) {
        disk = StationDisk(context, folder)
        self.events = events
    }

    /// Works until the mailbox is closed.
    mutating func run(_ jobs: Mailbox<Action>) throws(PortError) {
        while let batch = try jobs.waitForAll() {
            for job in batch {
                guard let answer = disk.carryOut(job, at: WallClock.stamp()) else { continue }
                try events.post(answer)
            }
        }
    }
}
