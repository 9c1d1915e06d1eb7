import Exchange
import Lane
import Storage
import Synchronization

/// Whether files of lists may be given out: signed with a key of the folder, and whole. A file is read for that once, and again when
/// there is another one under its name.
final class ListChecks: Sendable {
    /// The newest list of a name.
    struct Whole: Hashable, Sendable {
        let version: ListVersion
        /// Of its file.
        let bytes: Int
        /// From when on stations use it.
        let activeFrom: UTC
        fileprivate let stamp: FileStamp
    }

    /// The list to which a change leads.
    struct Successor: Hashable, Sendable {
        /// Of its file.
        let bytes: Int
        /// From when on stations use it.
        let activeFrom: UTC
        fileprivate let stamp: FileStamp
    }

    private struct Known {
        var newest: [String: Whole] = [:]
        /// The newest list of a name that was read from beginning to end.
        var verified: [String: FileStamp] = [:]
        /// The list to which a change leads, by the change's path.
        var changes: [String: Successor] = [:]
    }

    /// Changes that are remembered; more are checked again.
    private static let mostChanges = 1_024

    private let folder: CentralFolder
    private let known = Mutex(Known())
    /// Held while a list is read: whoever wants the same waits for that.
    private let reading = Mutex(())

    init(_ folder: CentralFolder) { self.folder = folder }

    /// The newest list, its header checked; nil when none is published.
    func newest(_ name: String) throws -> Whole? {
        let path = folder.list(name)
        guard let stamp = FileStamp(of: path) else { return nil }
        if let whole = known.withLock({ $0.newest[name] }), whole.stamp == stamp { return whole }
        let list = try AgreementList.open(path: path, trusting: try ListKeys(folder).trusted(), checking: .header)
        let whole = Whole(version: list.version, bytes: list.bytes, activeFrom: list.activeFrom, stamp: stamp)
        known.withLock { $0.newest[name] = whole }
        return whole
    }

    /// Reads the newest list from beginning to end, unless that was done.
    func verify(_ name: String, _ whole: Whole) throws {
        try reading.withLock { _ in
            guard known.withLock({ $0.verified[name] }) != whole.stamp else { return }
            // Of its own name: under the other one there may be a newer list by now.
            let own = folder.list(name, ListFile(whole.version, .whole))
            let path = FileStamp(of: own) == nil ? folder.list(name) : own
            _ = try AgreementList.open(path: path, trusting: try ListKeys(folder).trusted())
            known.withLock { $0.verified[name] = whole.stamp }
        }
    }

    /// The whole list to which a change leads, which is checked for that.
    func successor(of name: String, _ change: ListFile) throws -> Successor {
        let path = folder.list(name, change)
        guard let stamp = FileStamp(of: path) else { throw ServedChange.Problem.missing }
        if let found = known.withLock({ $0.changes[path] }), found.stamp == stamp { return found }
        let opened = try AgreementListChange.open(path: path, trusting: try ListKeys(folder).trusted())
        guard opened.name == name, opened.version == change.version else { throw ServedChange.Problem.another }
        let successor = Successor(bytes: opened.listBytes, activeFrom: opened.successor.activeFrom, stamp: stamp)
        known.withLock { known in
            if known.changes.count >= Self.mostChanges { known.changes = [:] }
            known.changes[path] = successor
        }
        return successor
    }
}

/// A change that is to be given out.
enum ServedChange {
    /// Why it is not.
    enum Problem: Error, Hashable, CustomStringConvertible {
        case missing
        case another

        var description: String {
            switch self {
            case .missing: "only the packed file is there; stations get the whole list instead"
            case .another: "not the change that its name says; stations get the whole list instead"
            }
        }
    }
}
