import CLinux
import Glibc

/// Why a port could not be opened or set up: one line with operation, subject, cause and remedy.
package struct PortError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was tried, e.g. `open`.
    package let operation: String
    /// What it was tried on, e.g. `/dev/ttyUSB0`.
    package let subject: String
    /// Why it failed, in the system's words.
    package let cause: String
    /// What a technician can do about it; nil when nothing general can be said.
    package let remedy: String?

    package init(_ operation: String, _ subject: String, cause: String, remedy: String? = nil) {
        self.operation = operation
        self.subject = subject
        self.cause = cause
        self.remedy = remedy
    }

    /// An error from a system call's `errno`.
    package init(_ operation: String, _ subject: String, code: Int32, remedy: String? = nil) {
        self.init(operation, subject, cause: systemText(code), remedy: remedy)
    }

    package var description: String {
        "\(operation) \(subject): \(cause)" + (remedy.map { "; \($0)" } ?? "")
    }
}

/// How a port that was open was lost; it is an operating state, and the port can only be dropped and opened again.
package enum PortLoss: Error, Equatable, Sendable, CustomStringConvertible {
    /// The other side closed it, or a USB adapter was unplugged: a read brought nothing although something was there.
    case ended
    /// The kernel says HUP or ERR, and there is nothing left to read.
    case hungUp
    /// A read or write failed with this `errno` (EIO for an unplugged adapter, EPIPE for a socket).
    case failed(Int32)
    /// The other side has stopped taking what is written to it.
    case full

    package var description: String {
        switch self {
        case .ended: "the other side closed it"
        case .hungUp: "it hung up"
        case .failed(let code): systemText(code)
        case .full: "the other side takes nothing more"
        }
    }
}

/// The system's words for an `errno`.
func systemText(_ code: Int32) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
}
