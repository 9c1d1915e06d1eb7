import Devices
import Glibc
import Station

extension WireRun {
    /// From now on every program that a run has started ends when this one is told to stop.
    ///
    /// Call it before any thread is made, and once.
    ///
    /// - Parameter word: what a person should know then.
    static func endWithSignals(saying word: String? = nil) {
        StopSignals.block()
        _ = WorkerThread(named: "signals") {
            StopSignals.wait()
            ChildProcess.endAll()
            if let word { Terminal.complain(word) }
            _exit(ExitCode.failed.rawValue)
        }
    }
}
