import Camera
import Devices
import Exchange
import Glibc
import HTTP
import Lane
import Storage
import Synchronization

/// The running station: starts the threads, waits for a signal to stop, and waits for their end.
package struct StationProgram: ~Copyable {
    private let configuration: StationConfiguration
    private let context: RecordContext
    private let workers: Workers
    private let lock: FolderLock?

    /// - Parameter lock: the right to the state folder; nil where the folder cannot be written, and the station runs without it.
    package init(_ configuration: StationConfiguration, _ lock: consuming FolderLock?) throws {
        let boot = try Self.bootID()
        workers = try Workers(configuration)
        context = RecordContext(configuration, boot: boot)
        self.configuration = configuration
        self.lock = lock
    }

    /// Runs until SIGTERM or SIGINT.
    package consuming func run() throws {
        // Journal and photos are personal data: owner and group only.
        umask(0o027)
        // Before any thread starts, so that every thread has them blocked, and only `wait` takes them.
        StopSignals.block()
        let control = Self.controlServer(configuration, workers)
        let (configuration, context, workers) = (configuration, context, workers)
        let logger = WorkerThread(named: "log") { Self.attempt("log") { try workers.logger.run() } }
        let watchdog = WorkerThread(named: "watchdog") { Self.attempt("watchdog") { try workers.watchdog.run() } }
        let store = Self.photoStore(configuration)
        let disk = WorkerThread(named: "disk") {
            Self.attempt("disk") {
                var worker = DiskWorker(configuration, context, store, events: workers.mailbox)
                try worker.run(workers.disk)
            }
        }
        let network = WorkerThread(named: "network") {
            Self.attempt("network") {
                guard let central = configuration.central, let endpoint = central.url else { return }
                var worker = NetworkWorker(
                    central, at: endpoint, configuration, stop: workers.stop, events: workers.mailbox)
                try worker.run(workers.network)
            }
        }
        for camera in configuration.cameras { Self.start(camera, store, workers) }
        let seed = Self.randomSeed()
        let decision = WorkerThread(named: "decision") {
            Self.attempt("decision") {
                var loop = DecisionLoop(configuration, seed: seed, workers)
                try loop.run()
            }
            // The main thread waits for a signal: this is the one that says that all is done.
            kill(getpid(), SIGTERM)
        }
        StopSignals.wait()
        try workers.mailbox.post(.stop)
        decision.join()
        workers.watchdog.finish()
        workers.finish()
        control?.stop(workers.watchers)
        network.join()
        disk.join()
        watchdog.join()
        logger.join()
    }

    /// The control socket; nil where it cannot be made: the road does not wait for those who ask.
    private static func controlServer(_ configuration: StationConfiguration, _ workers: Workers) -> ControlServer? {
        let socket = configuration.station.controlSocket
        do {
            try makeFolder(socket.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 })
            return try ControlServer(
                socket: socket, group: groupID(configuration.station.group), mailbox: workers.mailbox,
                desk: workers.desk, watchers: workers.watchers)
        } catch {
            Terminal.complain("warning control.socket reason=\"\(error)\" effect=\"status and watch do not answer\"")
            return nil
        }
    }

    /// The photo store; nil where its folder cannot be used: photos are then missing, and passages say so.
    private static func photoStore(_ configuration: StationConfiguration) -> PhotoStore? {
        var limits = PhotoStore.Limits()
        limits.mostBytes = configuration.photos.mostBytes
        do {
            return try PhotoStore(folder: configuration.photosFolder, limits: limits)
        } catch {
            Terminal.complain("warning photos.folder reason=\"\(error)\"")
            return nil
        }
    }

    /// A thread that cannot go on ends the process: systemd starts it again, and the lamps are darkened.
    private static func attempt(_ thread: String, _ body: () throws -> Void) {
        do {
            try body()
        } catch {
            let text = "error thread.ended thread=\(thread) reason=\"\(error)\"\n"
            _ = unsafe Array(text.utf8).withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
            exit(ExitCode.software.rawValue)
        }
    }

    /// A camera's thread ends with the process: a transfer that hangs must not hold up a stop.
    private static func start(_ camera: StationConfiguration.Camera, _ store: PhotoStore?, _ workers: Workers) {
        guard let settings = CameraSettings(camera), let jobs = workers.cameras[settings.place] else { return }
        _ = WorkerThread(named: "camera \(settings.name)") {
            attempt("camera") {
                guard let store else { return try CameraWorker.refuse(jobs, workers) }
                var worker = CameraWorker(settings, in: store, workers)
                try worker.run(jobs)
            }
        }
    }

    /// The group's number; nil when none is configured.
    private static func groupID(_ name: String?) throws -> UInt32? {
        guard let name else { return nil }
        guard let entry = unsafe getgrnam(name) else { throw UnknownGroup(name: name) }
        return unsafe entry.pointee.gr_gid
    }

    private struct UnknownGroup: Error, CustomStringConvertible {
        let name: String
        var description: String {
            "[station] group: there is no group \(name); create it with: addgroup --system \(name)"
        }
    }

    /// Which run of the kernel the monotonic clock belongs to.
    private static func bootID() throws -> String {
        let path = "/proc/sys/kernel/random/boot_id"
        guard let file = try SourceFile(path) else { throw FileError("open", path, number: ENOENT) }
        return String(decoding: try file.read(most: 64), as: UTF8.self).filter { $0 != "\n" }
    }

    private static func randomSeed() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}
