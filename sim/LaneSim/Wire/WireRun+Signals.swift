import Devices
import Glibc
import Station

extension WireRun {
    /// From now on every program that a run has started ends when this one is told to stop.
    ///
    /// Call it before any thread is made, and once.
    static func endWithSignals() {
        StopSignals.block()
        _ = WorkerThread(named: "signals") {
            StopSignals.wait()
            ChildProcess.endAll()
            _exit(ExitCode.failed.rawValue)
        }
    }
}
