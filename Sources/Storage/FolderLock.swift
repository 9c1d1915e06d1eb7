import Glibc

/// The sole right to a folder, for as long as this lives: one daemon per state folder. A crash gives it back.
package struct FolderLock: ~Copyable {
    /// The file in the folder that carries the lock.
    package static let name = "lock"

    private let disk: any Disk
    private let descriptor: Int32

    /// Takes the lock; `EWOULDBLOCK` when another process has it.
    package init(folder: String, on disk: any Disk = SystemDisk()) throws(FileError) {
        let path = folder + "/" + Self.name
        let opened = disk.open(path, O_RDWR | O_CREAT | O_CLOEXEC, mode: 0o600)
        guard opened >= 0 else { throw FileError("create", path) }
        guard disk.lock(opened) == 0 else {
            let error = FileError("lock", path)
            disk.close(opened)
            throw error
        }
        self.disk = disk
        descriptor = opened
    }

    deinit { disk.close(descriptor) }
}
