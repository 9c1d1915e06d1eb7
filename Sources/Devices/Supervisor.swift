import CLinux
import Glibc

/// Whoever has started the program and starts it again: systemd, which is told by datagrams how the program does
/// (sd_notify(3); `Type=notify` in the unit).
package struct Supervisor: Sendable {
    /// What it can be told.
    package enum Word: String, Hashable, Sendable {
        /// What had to be recovered is recovered, or cannot be for now: the lanes are served.
        case ready = "READY=1"
        /// Decision thread and journal get on. `READY=1` again, for should the first one have been lost; the second changes nothing.
        case alive = "READY=1\nWATCHDOG=1"
        case stopping = "STOPPING=1"
    }

    private let address: String?

    /// - Parameter address: a path, or an abstract name behind `@`; nil: nobody wants to be told.
    package init(address: String?) { self.address = address }

    /// Whom the environment names.
    package init() {
        let value = unsafe getenv("NOTIFY_SOCKET")
        address = unsafe value.map { unsafe String(cString: $0) }
    }

    /// Never waits. A word that does not get through is repeated by the next one; it changes nothing else here.
    package func tell(_ word: Word) {
        guard let address else { return }
        _ = unsafe bom_unix_tell(address, word.rawValue)
    }
}
