import CLinux
import Glibc

/// How the system runs a thread beside others.
package enum Scheduling: Hashable, Sendable {
    /// Before all that is not urgent (SCHED_FIFO).
    case first
    /// As any other: nobody asked for more.
    case usual
    /// As any other, because the system refused; the cause and its remedy in one line.
    case refused(String)

    /// In few words, for people.
    package var text: String {
        switch self {
        case .first: "runs before all else (SCHED_FIFO)"
        case .usual: "runs as any other: [station] realtime = no"
        case .refused(let reason): "runs as any other: \(reason)"
        }
    }

    /// The least of the urgent: whatever a computer has that must not wait, its kernel's own threads among them, stays before us.
    private static let priority: Int32 = 1

    /// Asks the system to run the calling thread before all that is not urgent.
    package static func askToBeFirst() -> Scheduling {
        guard bom_schedule_first(priority) != 0 else { return .first }
        let cause = unsafe String(cString: strerror(errno))
        return .refused("the system refuses SCHED_FIFO (\(cause)); set LimitRTPRIO=1 for the station's service")
    }
}

/// After whom a worker's thread is run. A system that refuses is no reason to say anything: the work is the same.
package enum Patience: Sendable {
    /// As any other thread.
    case none
    /// After the decision thread, where that one is not first: it works for minutes at the most.
    case some
    /// After all others, in long turns: it reads and digests lists of a gigabyte.
    case much

    /// Has the calling thread run so from now on.
    func take() {
        switch self {
        case .none: return
        case .some: _ = bom_schedule_after(5, 0)
        case .much: _ = bom_schedule_after(10, 1)
        }
    }
}
