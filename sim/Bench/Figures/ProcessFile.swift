import Glibc

/// A file under /proc: it says that it is empty, and gives its text a page at a time.
enum ProcessFile {
    private static let piece = 1 << 16

    /// All of its text.
    static func text(of path: String) throws -> String {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw BenchError("open \(path): errno \(errno)") }
        defer { close(file) }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: piece)
        while true {
            let count = unsafe read(file, &buffer, buffer.count)
            guard count >= 0 else { throw BenchError("read \(path): errno \(errno)") }
            guard count > 0 else { return String(decoding: text, as: UTF8.self) }
            text += buffer[..<count]
        }
    }
}
