import Glibc

/// The sole right to a folder, for as long as this lives: one daemon per state folder. A crash gives it back.
package struct FolderLock: ~Copyable {
    /// The file in the folder that carries the lock.
    package static let name = "lock"

    private let descriptor: Int32

    /// Takes the lock; `EWOULDBLOCK` when another process has it.
    package init(folder: String) throws(FileError) {
        let path = folder + "/" + Self.name
        let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard opened >= 0 else { throw FileError("create", path) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let error = FileError("lock", path)
            close(opened)
            throw error
        }
        descriptor = opened
    }

    deinit { close(descriptor) }
}
