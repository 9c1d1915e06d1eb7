import Glibc

/// Reading a configuration file: a bounded, ordinary file and nothing else.
package enum ConfigurationFile {
    /// The bytes of a file, at most one more than a configuration may have.
    ///
    /// - Parameter remedy: what to do when there is no such file.
    package static func bytes(
        of path: String, remedy: String = "station config --defaults prints a file to begin with"
    ) throws(ConfigurationErrors) -> [UInt8] {
        // Non-blocking, so that a FIFO is refused below rather than waited for.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path, errno, remedy) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure(path, errno, remedy) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw error(path, "no ordinary file") }
        var bytes: [UInt8] = []
        while bytes.count <= ConfigurationLines.mostBytes {
            var piece = [UInt8](repeating: 0, count: pieceBytes)
            let count = unsafe read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path, errno, remedy) }
            guard count > 0 else { break }
            bytes += piece.prefix(count)
        }
        return bytes
    }

    /// A configuration is read in one or two pieces.
    private static let pieceBytes = 65_536

    private static func failure(_ path: String, _ code: Int32, _ remedy: String) -> ConfigurationErrors {
        let remedy =
            switch code {
            case ENOENT, ENOTDIR: "; \(remedy)"
            case EACCES: "; let the station's user read it"
            default: ""
            }
        return error(path, "cannot be read: \(unsafe String(cString: strerror(code)))\(remedy)")
    }

    private static func error(_ path: String, _ text: String) -> ConfigurationErrors {
        ConfigurationErrors(ConfigurationError(file: path, position: nil, text: text), isUnread: true)
    }
}
