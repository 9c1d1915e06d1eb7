import Devices

/// The thread that copies the store's log into its file when it has grown long: between commits, while the next batch comes in and is
/// judged. It ends when this goes away.
struct LogCopier: ~Copyable {
    private let desk: ReceptionDesk
    private let thread: WorkerThread

    init(_ desk: ReceptionDesk) {
        self.desk = desk
        thread = WorkerThread(named: "log") { desk.copyLogs() }
    }

    deinit {
        desk.longLogs.close()
        thread.join()
    }
}
