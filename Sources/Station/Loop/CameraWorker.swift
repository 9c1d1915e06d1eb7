import Camera
import Devices
import Exchange
import HTTP
import Lane

/// The thread of one camera: it takes one photo after the other, and answers each with one event.
struct CameraWorker: ~Copyable {
    private let settings: CameraSettings
    private let folder: StateFolder
    private let workers: Workers
    /// Nil until the photo store could be opened.
    private var snapshot: Snapshot?

    init(_ settings: CameraSettings, in folder: StateFolder, _ workers: Workers) {
        self.settings = settings
        self.folder = folder
        self.workers = workers
    }

    /// Works until the mailbox is closed.
    mutating func run(_ jobs: Mailbox<PhotoJob>) throws(PortError) {
        while let batch = try jobs.waitForAll() {
            for job in batch { try workers.mailbox.post(.photos(take(job))) }
        }
    }

    private mutating func take(_ job: PhotoJob) -> PhotoQueue.Event {
        do throws(SnapshotFailure) {
            return .captured(job.id, try photo(of: job))
        } catch {
            workers.logger.log(
                LogEntry(.warning, "photo.missing", ["why": error.reason.rawValue, "reason": error.description]))
            return .failed(job.id, error.reason, store: error.store)
        }
    }

    /// Without a store no photo can be kept, and none is taken.
    private mutating func photo(of job: PhotoJob) throws(SnapshotFailure) -> PhotoFile {
        if snapshot == nil {
            snapshot = Snapshot(settings, in: try store(), stop: workers.stop, now: { MonotonicClock.now() })
        }
        guard let file = try snapshot?.take(job) else { preconditionFailure("the camera has just been set up") }
        return file
    }

    private func store() throws(SnapshotFailure) -> PhotoStore {
        do {
            return try folder.photoStore()
        } catch {
            throw SnapshotFailure(.diskFailed, "\(settings.name): \(error)", store: .failed)
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
