import Glibc

/// Key files on disk: our own are one line of hexadecimal digits.
package enum KeyFile {
    /// Refuses a secret key, in whatever form, that another than its owner may use, or that belongs to somebody who is not to have it.
    package static func requirePrivate(_ path: String) throws(KeyError) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw failure("look at", path) }
        try require(status, path)
    }

    private static func require(_ status: stat, _ path: String) throws(KeyError) {
        guard status.st_mode & 0o077 == 0 else { throw .notPrivate(path: path, mode: status.st_mode & 0o777) }
        // Who owns the folder can put another file there anyway: so root may use the keys of a service's folder.
        var folder = stat()
        let end = path.lastIndex(of: "/") ?? path.startIndex
        let hasFolder = unsafe stat(end == path.startIndex ? "." : String(path[..<end]), &folder) == 0
        guard status.st_uid == geteuid() || status.st_uid == 0 || hasFolder && status.st_uid == folder.st_uid else {
            throw .notOurs(path: path, owner: status.st_uid)
        }
    }

    /// The bytes that the file's digits stand for.
    static func read(_ path: String, digits: Int, mustBePrivate: Bool) throws(KeyError) -> [UInt8] {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure("open", path) }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw failure("read", path) }
        // One byte more than the longest good file, so that a longer one shows.
        var buffer = [UInt8](repeating: 0, count: digits + 2)
        let count = unsafe Glibc.read(file, &buffer, buffer.count)
        guard count >= 0 else { throw failure("read", path) }
        var line = buffer.prefix(count)
        if line.last == UInt8(ascii: "\n") { line.removeLast() }
        // A public key may be read by anybody: that is not what is wrong with it here.
        if mustBePrivate, let bytes = Hex.bytes(of: line), PublicKey(bytes: bytes)?.isPoint == true {
            throw .isPublic(path: path)
        }
        if mustBePrivate { try require(status, path) }
        guard line.count == digits, let bytes = Hex.bytes(of: line) else {
            throw .malformed(path: path, digits: digits)
        }
        return bytes
    }

    /// Makes the file, synced; one that is there already is not touched.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws(KeyError) {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard file >= 0 else { throw failure("make", path) }
        defer { close(file) }
        let line = Hex.digits(of: bytes) + [UInt8(ascii: "\n")]
        let count = unsafe Glibc.write(file, line, line.count)
        guard count == line.count, fsync(file) == 0 else { throw failure("write", path) }
    }

    private static func failure(_ operation: String, _ path: String) -> KeyError {
        unsafe .system(operation: operation, path: path, cause: String(cString: strerror(errno)))
    }
}
