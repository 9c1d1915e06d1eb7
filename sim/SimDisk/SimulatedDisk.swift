import Glibc
import Peripherals
import Storage
import Synchronization

/// A disk in memory that knows what was synced. A power cut keeps, loses or tears the rest, by a seed; calls can fail.
///
/// The model is at least as cruel as ext4 (ordered) on a disk that writes 512 bytes whole:
/// * A file's sync makes its content and size durable, and not its name. A folder's sync makes its names durable.
/// * Of what was written since, each sector is kept, lost or torn by itself, in any order; a size may be durable before its bytes,
///   which are zeros then. Bytes beside what was written never change.
/// * Names that were not synced change in order up to a point, or each by itself. A rename is whole or not at all.
/// * A sync that fails has written some, and the rest never will be: the next sync says nothing of it.
/// * Nothing is ever damaged without a power cut or a fault.
///
/// Paths begin with `/`. One disk serves one simulated machine; `restart` is its power cut, `endProgram` its SIGKILL.
package final class SimulatedDisk: Sendable {
    private let state: Mutex<DiskState>
    private let sqlite = Mutex<SQLiteFileSystem?>(nil)

    /// - Parameters:
    ///   - seed: of chances in the middle of a call: how much of a failed write happened, what a failed sync wrote.
    ///   - capacity: the bytes that all files may have together.
    package init(seed: UInt64, capacity: Int = .max) {
        state = Mutex(DiskState(seed: seed, capacity: capacity))
    }

    /// The name of SQLite's file system for databases on this disk.
    package var databases: String? {
        sqlite.withLock { system in
            if system == nil { system = SQLiteFileSystem(of: self) }
            return system?.name
        }
    }

    // MARK: Faults and ends

    /// Which calls fail from now on; they are counted from 1 anew.
    package func plan(_ plan: FaultPlan) {
        state.withLock { state in
            state.plan = plan
            state.calls = 0
        }
    }

    /// Calls since the plan was made, or the last start.
    package var calls: Int { state.withLock { $0.calls } }

    /// Calls of a kind ever.
    package func count(of call: DiskCall) -> Int { state.withLock { $0.counts[call.rawValue] } }

    /// Syncs of a descriptor on which one had failed before: a program that does so takes silence for success.
    package var wornSyncs: Int { state.withLock { $0.wornSyncs } }

    /// Syncs of files that failed, ever.
    package var failedSyncs: Int { state.withLock { $0.failedSyncs } }

    /// Whether the power is there.
    package var isOn: Bool { state.withLock { $0.isOn } }

    /// The bytes that all files may have together.
    package var capacity: Int {
        get { state.withLock { $0.capacity } }
        set { state.withLock { $0.capacity = newValue } }
    }

    /// The bytes that all files have together.
    package var used: Int { state.withLock { $0.used } }

    /// The civil time that files are dated with, in milliseconds since 1970.
    package var now: Int64 {
        get { state.withLock { $0.now } }
        set { state.withLock { $0.now = newValue } }
    }

    /// The program is killed: its descriptors and connections are dead, what it wrote is there.
    package func endProgram() { state.withLock { $0.endProgram() } }

    /// The power goes, if it has not yet, and comes back: descriptors and connections are dead, what was not synced is as the cut
    /// leaves it, and nothing fails any more.
    package func restart(_ cut: PowerCut) {
        var cut = cut
        restart(by: &cut)
    }

    /// The same by one of the cuts of `PowerCut.forEachState`.
    package func restart(by cut: inout PowerCut) { state.withLock { $0.restart(&cut) } }

    // MARK: What the calls are made of

    /// Carries out a call; throws the system's error number.
    func call<Answer: Sendable>(
        _ body: (inout DiskState) throws(DiskState.Failure) -> Answer
    ) throws(DiskState.Failure) -> Answer {
        try state.withLock { state throws(DiskState.Failure) in try body(&state) }
    }

    /// Carries out what cannot fail.
    func settle(_ body: (inout DiskState) -> Void) { state.withLock { body(&$0) } }

    /// All bytes of a file as programs see them; nil when there is none.
    package func bytes(of path: String) -> [UInt8]? {
        state.withLock { state in
            guard case .file(let file) = state.names[path] else { return nil }
            return state.nodes[file]?.content.visible.all
        }
    }

    /// A file's size as programs see it; nil when there is none.
    package func size(of path: String) -> Int? {
        state.withLock { state in
            guard case .file(let file) = state.names[path] else { return nil }
            return state.nodes[file]?.content.visible.count
        }
    }

    /// Lets somebody read the disk who is no part of the machine: no call of his is counted, and none fails.
    package func lookedAt<Answer, Problem: Error>(_ body: () throws(Problem) -> Answer) throws(Problem) -> Answer {
        state.withLock { $0.isLookedAt = true }
        defer { state.withLock { $0.isLookedAt = false } }
        return try body()
    }

    /// How many descriptors are open, SQLite's among them.
    package var openDescriptors: Int { state.withLock { $0.handles.count } }

    /// The names in a folder as programs see them, sorted.
    package func names(in folder: String) -> [String] { state.withLock { $0.names.names(in: folder) } }
}
