import CLinux
import Glibc

@testable import Devices

/// Both sides of a pseudo-terminal: the test is the device at the master, and keeps the slave open as a simulator does.
struct TestPseudoTerminal: ~Copyable {
    let master: Descriptor
    let path: String
    private let slave: Descriptor?

    init(keepingSlave: Bool = true) throws {
        var name = [CChar](repeating: 0, count: 64)
        let number = unsafe bom_pty_open(&name, name.count)
        guard number >= 0 else { throw PortError("open", "a pseudo-terminal", code: errno) }
        master = Descriptor(owning: number)
        path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        if keepingSlave {
            slave = Descriptor(owning: unsafe open(path, O_RDWR | O_NOCTTY | O_CLOEXEC))
        } else {
            slave = nil
        }
    }
}
