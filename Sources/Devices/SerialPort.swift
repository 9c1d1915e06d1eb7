import CLinux
import Glibc

/// A serial line, 8N1 without flow control, open and locked for this process.
///
/// A port on the road is opened by libserialport, a pseudo-terminal by termios (libserialport opens none): what the path
/// is decides. Once open both are a descriptor, and are read and written alike.
package struct SerialPort: ~Copyable, Sendable {
    private let line: Descriptor

    /// Opens a port such as `/dev/serial/by-id/…` or a link to a pseudo-terminal.
    ///
    /// - Parameter baud: Bits a second, as the line has them (a pseudo-terminal takes any).
    package init(path: String, baud: Int) throws(PortError) {
        line =
            try Self.isPseudoTerminal(path)
            ? Self.openPseudoTerminal(path) : Self.openDevice(path, baud: baud)
    }

    /// What the poller watches.
    package var descriptor: Int32 { line.number }

    /// Reads once what there is; call it when the poller found the descriptor readable or hung.
    package func read(into buffer: inout [UInt8], ready: Readiness) -> PortRead {
        line.read(into: &buffer, ready: ready)
    }

    /// Writes once what the line takes now, possibly a part; the rest is the caller's, for when the poller says writable.
    package func write(_ bytes: ArraySlice<UInt8>) -> PortWrite { line.write(bytes) }

    private static func isPseudoTerminal(_ path: String) throws(PortError) -> Bool {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw failure("open", path, code: errno) }
        guard status.st_mode & S_IFMT == S_IFCHR else {
            throw PortError("open", path, cause: "not a serial port", remedy: "give a path such as /dev/serial/by-id/…")
        }
        return bom_is_pty(UInt64(status.st_rdev)) != 0
    }

    /// An error with what a technician does about its cause.
    static func failure(_ operation: String, _ path: String, code: Int32) -> PortError {
        let remedy: String? =
            switch code {
            case EACCES, EPERM: "add the user to group dialout"
            case ENOENT, ENODEV, ENXIO: "plug the adapter in and look for it in /dev/serial/by-id"
            case EBUSY, EAGAIN: "another program has it open: see fuser \(path)"
            default: nil
            }
        return PortError(operation, path, code: code, remedy: remedy)
    }

    /// Makes an open terminal raw, and reads of it say "nothing yet" (EAGAIN) apart from "gone" (0): with VMIN 0 both are 0.
    ///
    /// What came while nobody had it open is dropped: on a real line it would not have been kept.
    static func finish(_ number: Int32, _ path: String) throws(PortError) {
        var attributes = termios()
        guard unsafe tcgetattr(number, &attributes) == 0 else { throw failure("set up", path, code: errno) }
        unsafe cfmakeraw(&attributes)
        attributes.c_cc.6 = 1  // VMIN
        attributes.c_cc.5 = 0  // VTIME
        guard unsafe tcsetattr(number, TCSANOW, &attributes) == 0 else { throw failure("set up", path, code: errno) }
        guard tcflush(number, TCIFLUSH) == 0 else { throw failure("set up", path, code: errno) }
    }
}
