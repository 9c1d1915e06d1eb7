import Glibc
import Storage

/// Calls on names. Each throws the system's error number.
extension DiskState {
    /// What a path names: a file's number, or nil for a folder; throws `ENOENT` when it names nothing.
    mutating func look(at path: String) throws(Failure) -> Int? {
        try begin(whole: .look)
        switch names[path] {
        case .file(let file): return file
        case .folder: return nil
        case nil: throw Failure(ENOENT)
        }
    }

    mutating func rename(_ path: String, to name: String) throws(Failure) {
        try change(.rename) { state throws(Failure) in
            guard let entry = state.names[path] else { throw Failure(ENOENT) }
            guard case .file = entry else { throw Failure(EISDIR) }
            try state.checkFolder(of: name)
            if state.names[name] == .folder { throw Failure(EISDIR) }
            // Two names of one file: nothing happens.
            guard state.names[name] != entry else { return }
            state.names.move(path, to: name, entry)
            state.purgeSometimes()
        }
    }

    mutating func link(_ path: String, to name: String) throws(Failure) {
        try change(.link) { state throws(Failure) in
            guard let entry = state.names[path], case .file = entry else { throw Failure(ENOENT) }
            guard state.names[name] == nil else { throw Failure(EEXIST) }
            try state.checkFolder(of: name)
            state.names.add(name, entry)
        }
    }

    mutating func unlink(_ path: String) throws(Failure) {
        try change(.unlink) { state throws(Failure) in
            guard let entry = state.names[path] else { throw Failure(ENOENT) }
            guard case .file = entry else { throw Failure(EISDIR) }
            state.names.remove(path)
            state.purgeSometimes()
        }
    }

    mutating func makeFolder(_ path: String) throws(Failure) {
        try change(.makeFolder) { state throws(Failure) in
            guard state.names[path] == nil else { throw Failure(EEXIST) }
            try state.checkFolder(of: path)
            state.names.add(path, .folder)
        }
    }

    /// The names in a folder, sorted.
    mutating func list(_ path: String) throws(Failure) -> [String] {
        try begin(whole: .list)
        guard names[path] == .folder else { throw Failure(names[path] == nil ? ENOENT : ENOTDIR) }
        return names.names(in: path)
    }

    func checkFolder(of path: String) throws(Failure) {
        switch names[path.folder] {
        case .folder: return
        case .file: throw Failure(ENOTDIR)
        case nil: throw Failure(ENOENT)
        }
    }
}
