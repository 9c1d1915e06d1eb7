import CLinux
import Glibc
import Station

/// The least that can stand between a reader's line and a lamp: a process that reads the one, blocking, and writes the other.
///
/// It opens the same kind of descriptors as the station: the slave of a pseudo-terminal and a Unix stream socket.
enum Echo {
    /// The hidden word by which `bench` starts itself as the echo.
    static let word = "echo"

    static func run(_ words: [String]) -> Int32 {
        guard words.count == 2 else { return ExitCode.usage.rawValue }
        let line = unsafe open(words[0], O_RDWR | O_NOCTTY | O_CLOEXEC)
        let lamp = unsafe bom_unix_connect(words[1])
        guard line >= 0, lamp >= 0, fcntl(lamp, F_SETFL, 0) == 0 else {
            Terminal.complain("bench echo: cannot open \(words[0]) or \(words[1])")
            return ExitCode.software.rawValue
        }
        let green = Array("lamps 1 001\n".utf8)
        var buffer = [UInt8](repeating: 0, count: 4_096)
        unsafe buffer.withUnsafeMutableBytes { buffer in
            unsafe green.withUnsafeBytes { green in unsafe copy(line, lamp, buffer, green) }
        }
        return ExitCode.ok.rawValue
    }

    /// Until the line or the lamp goes: one frame in, one lamp line out.
    private static func copy(
        _ line: Int32, _ lamp: Int32, _ buffer: UnsafeMutableRawBufferPointer, _ green: UnsafeRawBufferPointer
    ) {
        while true {
            let count = unsafe read(line, buffer.baseAddress, buffer.count)
            guard count > 0 else { return }
            guard unsafe buffer[count - 1] == UInt8(ascii: "\n") else { continue }
            guard unsafe write(lamp, green.baseAddress, green.count) == green.count else { return }
        }
    }
}
