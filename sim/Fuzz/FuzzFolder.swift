import Glibc

/// A folder of the run's own, for what is read from files.
struct FuzzFolder: Sendable {
    let path: String

    /// Writes a file anew.
    ///
    /// - Returns: its path.
    @discardableResult func write(_ bytes: [UInt8], to name: String) -> String {
        let path = "\(path)/\(name)"
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        precondition(unsafe Glibc.write(file, bytes, bytes.count) == bytes.count, "the folder is there, and has room")
        close(file)
        return path
    }

    /// The bytes of a small file.
    func bytes(of path: String) throws(Finding) -> [UInt8] {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = unsafe read(file, &bytes, bytes.count)
        try Finding.unless(count > 0, "a file that was written is empty")
        return Array(bytes.prefix(count))
    }
}
