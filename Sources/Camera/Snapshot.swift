import Exchange
import HTTP
import Lane

/// Takes photos with one camera, on a thread of its own: it asks for an image, checks it, and keeps it.
package struct Snapshot: ~Copyable {
    private let settings: CameraSettings
    private let store: PhotoStore
    private let now: () -> Instant
    private var client: Client

    /// - Parameters:
    ///   - stop: raised when the program ends; the photo under way is then `interrupted`.
    ///   - now: the monotonic clock.
    package init(
        _ settings: CameraSettings, in store: PhotoStore, stop: StopFlag, now: @escaping () -> Instant
    ) {
        self.settings = settings
        self.store = store
        self.now = now
        client = Client(trust: settings.trust, stop: stop)
    }

    /// Takes the photo and keeps it; waits for the settings' time-out at most, and for the disk.
    package mutating func take(_ job: PhotoJob) throws(SnapshotFailure) -> PhotoFile {
        let (bytes, at) = try image()
        do {
            _ = try JPEGShape(of: bytes)
        } catch {
            throw SnapshotFailure(.notAnImage, "\(settings.name): \(bytes.count) bytes are no JPEG: \(error)")
        }
        return try store.keep(bytes, as: job.name, at: at)
    }

    private mutating func image() throws(SnapshotFailure) -> (bytes: [UInt8], at: Instant) {
        let timeOuts = TimeOuts(connect: settings.timeOut, stall: settings.timeOut, total: settings.timeOut)
        let request = Request(
            .get, settings.address.endpoint, settings.address.target, headers: ["Accept": "image/jpeg"],
            timeOuts: timeOuts, mostBytes: settings.mostBytes)
        var bytes: [UInt8] = []
        var first: Instant?
        let response: Response
        do {
            response = try client.perform(request) { [now] piece in
                first = first ?? now()
                bytes += piece
            }
        } catch {
            throw SnapshotFailure(Self.reason(error.cause), "\(settings.name): \(error)")
        }
        try check(response)
        return (bytes, first ?? now())
    }

    private func check(_ response: Response) throws(SnapshotFailure) {
        guard response.status == 200 else {
            throw SnapshotFailure(.cameraRefused, "\(settings.name): the camera answers with status \(response.status)")
        }
        // A camera that does not say what it sends is judged by the bytes alone.
        guard let type = response.headers["Content-Type"]?.prefix(while: { $0 != ";" }).lowercased() else { return }
        guard ["image/jpeg", "image/jpg", "image/pjpeg"].contains(type) else {
            throw SnapshotFailure(.notAnImage, "\(settings.name): the camera sends \(type.prefix(60).debugDescription)")
        }
    }

    private static func reason(_ cause: TransferError.Cause) -> PhotoMissing {
        switch cause {
        case .stopped: .interrupted
        case .answerTooLarge: .tooLarge
        case .notHTTP, .headersTooLarge: .notAnImage
        case .certificateNotTrusted, .ownFiles, .tls, .malformedRequest, .permissionDenied: .cameraRefused
        case .couldNotResolve, .refused, .unreachable, .noSocket, .connectTimedOut, .timedOut, .stalled,
            .connectionLost,
            .sourceFailed, .sinkFailed, .other:
            .cameraSilent
        }
    }
}
