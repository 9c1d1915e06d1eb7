import Camera
import Devices
import Exchange
import HTTP
import Lane

/// The thread of one camera: it takes one photo after the other, and answers each with one event.
struct CameraWorker: ~Copyable {
    private var snapshot: Snapshot
    private let events: Mailbox<Event>
    private let logger: Logger

    init(_ settings: CameraSettings, in store: PhotoStore, _ workers: Workers) {
        snapshot = Snapshot(settings, in: store, stop: workers.stop, now: { MonotonicClock.now() })
        events = workers.mailbox
        logger = workers.logger
    }

    /// Works until the mailbox is closed.
    mutating func run(_ jobs: Mailbox<PhotoJob>) throws(PortError) {
        while let batch = try jobs.waitForAll() {
            for job in batch { try events.post(.photos(take(job))) }
        }
    }

    /// Without a store no photo can be kept.
    static func refuse(_ jobs: Mailbox<PhotoJob>, _ workers: Workers) throws(PortError) {
        while let batch = try jobs.waitForAll() {
            for job in batch { try workers.mailbox.post(.photos(.failed(job.id, .diskFailed))) }
        }
    }

    private mutating func take(_ job: PhotoJob) -> PhotoQueue.Event {
        do throws(SnapshotFailure) {
            return .captured(job.id, try snapshot.take(job))
        } catch {
            logger.log(
                LogEntry(.warning, "photo.missing", ["why": error.reason.rawValue, "reason": error.description]))
            return .failed(job.id, error.reason)
        }
    }
}

extension CameraSettings {
    /// What a camera is told by its section.
    init?(_ camera: StationConfiguration.Camera) {
        guard let address = camera.section.url else { return nil }
        self.init(
            place: LaneCamera(lane: camera.section.lane, camera: camera.number), name: camera.section.name,
            address: address)
        timeOut = camera.section.timeOut
        mostBytes = camera.section.mostBytes
    }
}
