import Storage

/// The names of files and folders: those that programs see, those on the medium, and the changes between the two in their order.
///
/// A folder's sync makes the changes in that folder durable, and no file's sync does: less than ext4 promises, and what POSIX does.
struct NameTable {
    /// What has a name.
    enum Entry: Hashable {
        case file(Int)
        case folder
    }

    private enum Change {
        case add(String, Entry)
        case remove(String)
        /// Another name in place of what had it: both at once or none.
        case move(String, to: String, Entry)
    }

    private(set) var visible: [String: Entry] = ["/": .folder]
    private var durable: [String: Entry] = ["/": .folder]
    private var changes: [Change] = []

    subscript(path: String) -> Entry? { visible[path] }

    mutating func add(_ path: String, _ entry: Entry) { make(.add(path, entry)) }

    mutating func remove(_ path: String) { make(.remove(path)) }

    mutating func move(_ path: String, to name: String, _ entry: Entry) { make(.move(path, to: name, entry)) }

    private mutating func make(_ change: Change) {
        changes.append(change)
        Self.apply(change, to: &visible)
    }

    /// The names in a folder, sorted.
    func names(in folder: String) -> [String] {
        let start = folder == "/" ? "/" : folder + "/"
        return visible.keys.filter { $0 != "/" && $0.folder == folder }.map { String($0.dropFirst(start.count)) }
            .sorted()
    }

    /// What was changed in this folder reaches the medium.
    mutating func sync(_ folder: String) {
        changes.removeAll { change in
            guard Self.folders(of: change).contains(folder) else { return false }
            Self.apply(change, to: &durable)
            return true
        }
    }

    /// The power goes.
    mutating func lose(_ cut: inout PowerCut) {
        let beginning = cut.beginning(ofNames: changes.count)
        for (place, change) in changes.enumerated() where cut.keepsName(place: place, beginning: beginning) {
            Self.apply(change, to: &durable)
        }
        changes = []
        // What stands in a folder that has no name any more is out of reach.
        for path in durable.keys.sorted(by: { $0.utf8.count < $1.utf8.count }) where path != "/" {
            if durable[path.folder] != .folder { durable[path] = nil }
        }
        visible = durable
    }

    /// The files that have a name, or may have one again after a power cut.
    var named: Set<Int> {
        var found: Set<Int> = []
        let pending = changes.compactMap { change -> Entry? in
            switch change {
            case .add(_, let entry), .move(_, to: _, let entry): entry
            case .remove: nil
            }
        }
        for entry in [Array(visible.values), Array(durable.values), pending].joined() {
            if case .file(let file) = entry { found.insert(file) }
        }
        return found
    }

    private static func apply(_ change: Change, to names: inout [String: Entry]) {
        switch change {
        case .add(let path, let entry): names[path] = entry
        case .remove(let path): names[path] = nil
        case .move(let path, to: let name, let entry):
            if names[path] == entry { names[path] = nil }
            names[name] = entry
        }
    }

    private static func folders(of change: Change) -> [String] {
        switch change {
        case .add(let path, _), .remove(let path): [path.folder]
        case .move(let path, to: let name, _): [path.folder, name.folder]
        }
    }
}
