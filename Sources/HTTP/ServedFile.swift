import Glibc

/// A file that is opened once and sent as it was then, however often and in whatever pieces: one that is put in its place meanwhile
/// is another. It must not be written to while it is open.
package final class ServedFile: Sendable {
    /// Why there is nothing to send.
    package enum Problem: Error, Hashable, Sendable {
        /// No regular file has that name.
        case missing
        /// The system did not open it, for this reason.
        case unavailable(String)
    }

    /// In bytes.
    package let size: Int
    private let descriptor: Int32

    /// Opens a regular file.
    package init(_ path: String) throws(Problem) {
        let opened = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard opened >= 0 else {
            throw errno == ENOENT || errno == ENOTDIR ? .missing : .unavailable(systemWords(errno))
        }
        var status = stat()
        guard unsafe fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            throw .missing
        }
        descriptor = opened
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// A descriptor of the same file for whoever closes it; -1 when the system has none left.
    func duplicate() -> Int32 { fcntl(descriptor, F_DUPFD_CLOEXEC, 0) }
}
