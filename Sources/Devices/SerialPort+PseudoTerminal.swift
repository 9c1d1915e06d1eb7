import CLinux
import Glibc

extension SerialPort {
    /// Opens the slave side of a pseudo-terminal, raw.
    ///
    /// It is locked by `flock`, not by TIOCEXCL: the simulator keeps the slave open itself, so TIOCEXCL would outlive a killed
    /// station and shut its successor out.
    static func openPseudoTerminal(_ path: String) throws(PortError) -> Descriptor {
        let number = unsafe open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard number >= 0 else { throw failure("open", path, code: errno) }
        let line = Descriptor(owning: number)
        guard flock(number, LOCK_EX | LOCK_NB) == 0 else { throw failure("lock", path, code: errno) }
        try finish(number, path)
        return line
    }
}
