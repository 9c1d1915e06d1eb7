import CLinux
import Devices
import Glibc

/// A pseudo-terminal with a device at its master side; the slave's path is what the station opens.
///
/// The slave is kept open here too: reading a master whose slave nobody has open is an error (EIO).
package struct PseudoTerminal: ~Copyable, Sendable {
    /// A line that nobody reads keeps no more than this, as a UART that nobody has open keeps nothing.
    package static let mostUnread = 1_024

    package let master: Descriptor
    package let path: String
    private let slave: Descriptor

    package init() throws(PortError) {
        var name = [CChar](repeating: 0, count: 64)
        let number = unsafe bom_pty_open(&name, name.count)
        guard number >= 0 else { throw PortError("open", "a pseudo-terminal", code: errno) }
        let master = Descriptor(owning: number)
        let path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        let other = unsafe open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard other >= 0 else { throw PortError("open", path, code: errno) }
        let slave = Descriptor(owning: other)
        // Raw before the first byte: the terminal would echo a sign-on back to the device.
        var attributes = termios()
        guard unsafe tcgetattr(other, &attributes) == 0 else { throw PortError("set up", path, code: errno) }
        unsafe cfmakeraw(&attributes)
        guard unsafe tcsetattr(other, TCSANOW, &attributes) == 0 else { throw PortError("set up", path, code: errno) }
        self.master = master
        self.path = path
        self.slave = slave
    }

    /// Puts bytes on the line, or loses them when nobody reads.
    package func send(_ bytes: [UInt8]) {
        guard !bytes.isEmpty, bom_unread(slave.number) < Self.mostUnread else { return }
        _ = master.write(bytes[...])
    }

    /// Makes `link` point to the slave, replacing a link that stood there.
    package func link(at link: String) throws(PortError) {
        let beside = link + ".new"
        _ = unsafe unlink(beside)
        guard unsafe symlink(path, beside) == 0, unsafe rename(beside, link) == 0 else {
            throw PortError("link", link, code: errno, remedy: "make its folder, writable for this user")
        }
    }
}
