import Glibc

/// Key files on disk: one line of hexadecimal digits.
enum KeyFile {
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
        guard !mustBePrivate || status.st_mode & 0o077 == 0 else {
            throw .notPrivate(path: path, mode: status.st_mode & 0o777)
        }
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
