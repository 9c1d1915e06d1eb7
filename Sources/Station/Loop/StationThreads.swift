import Camera
import Devices
import Exchange
import Glibc
import HTTP
import Lane

/// The threads beside the decision thread: started together, and waited for together.
struct StationThreads: ~Copyable {
    /// What each may take to end once the decision thread has: with `StationMachine.stopWithin` less than the 2 s of a stop.
    private static let endWithin = Interval.milliseconds(150)

    private let logger: WorkerThread
    private let watchdog: WorkerThread
    private let disk: WorkerThread
    private let lists: WorkerThread
    private let network: WorkerThread
    private let workers: Workers

    init(
        _ configuration: StationConfiguration, _ context: RecordContext, _ folder: StateFolder, _ workers: Workers
    ) {
        self.workers = workers
        logger = Self.thread("log", workers, .some) { try workers.logger.run() }
        watchdog = Self.thread("watchdog", workers) { try workers.watchdog.run() }
        disk = Self.thread("disk", workers, .some) {
            var worker = DiskWorker(context, folder, events: workers.mailbox)
            try worker.run(workers.disk)
        }
        lists = Self.thread("lists", workers, .much) {
            var worker = ListsWorker(configuration, folder, events: workers.mailbox)
            try worker.run(workers.lists)
        }
        network = Self.thread("network", workers, .some) {
            guard let central = configuration.central, let endpoint = central.url else { return }
            var worker = NetworkWorker(
                central, at: endpoint, configuration, stop: workers.stop, events: workers.mailbox)
            try worker.run(workers.network)
        }
        for camera in configuration.cameras { Self.start(camera, folder, workers) }
    }

    /// A thread that ends the process when it cannot go on: the lamps are darkened, and systemd starts the station again.
    static func thread(
        _ name: String, _ workers: Workers, _ patience: Patience = .none,
        _ body: @escaping @Sendable () throws -> Void
    ) -> WorkerThread {
        WorkerThread(named: name, patience: patience) {
            do {
                try body()
            } catch {
                let lamps = workers.darkSwitch.darken() ? "dark" : "unknown"
                Terminal.complainAtOnce("error thread.ended thread=\(name) reason=\"\(error)\" lamps=\(lamps)")
                _exit(ExitCode.software.rawValue)
            }
        }
    }

    /// Tells all to end, and waits; the names of those that do not: a disk or a terminal that hangs must not hold up a stop.
    consuming func end() -> [String] {
        workers.finish()
        var late: [String] = []
        if !network.join(within: Self.endWithin) { late.append("network") }
        if !disk.join(within: Self.endWithin) { late.append("disk") }
        // Whatever it is at, of a list there is always one whole on the disk: its thread ends with the process.
        _ = lists.join(within: .zero)
        if !watchdog.join(within: Self.endWithin) { late.append("watchdog") }
        workers.logger.finish()
        if !logger.join(within: Self.endWithin) { late.append("log") }
        return late
    }

    /// A camera's thread ends with the process: a transfer that hangs must not hold up a stop.
    private static func start(_ camera: StationConfiguration.Camera, _ folder: StateFolder, _ workers: Workers) {
        guard let settings = CameraSettings(camera), let jobs = workers.cameras[settings.place] else { return }
        _ = thread("camera \(settings.name)", workers, .some) {
            var worker = CameraWorker(settings, in: folder, workers)
            try worker.run(jobs)
        }
    }
}
