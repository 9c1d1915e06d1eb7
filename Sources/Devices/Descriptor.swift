import CLinux
import Glibc

/// What one non-blocking read brought.
package enum PortRead: Equatable, Sendable {
    /// So many bytes stand at the start of the buffer; at least one.
    case bytes(Int)
    /// Nothing is there now.
    case nothing
    case lost(PortLoss)
}

/// What one non-blocking write came to.
package enum PortWrite: Equatable, Sendable {
    /// So many of the bytes were taken: fewer than given, or none, when the line is slower than we.
    case wrote(Int)
    case lost(PortLoss)
}

/// An open, non-blocking file descriptor with one owner, closed with it.
package struct Descriptor: ~Copyable, Sendable {
    /// The number, for a `Poller`; it is good as long as the owner lives.
    package let number: Int32

    /// Takes over a descriptor that nobody else closes.
    package init(owning number: Int32) {
        precondition(number >= 0, "a descriptor is owned only when opening it succeeded")
        self.number = number
    }

    deinit { close(number) }

    /// Reads once, as much as there is and the buffer holds.
    ///
    /// `ready` is what the poller said: nothing to read on a descriptor that hangs is a loss, so that a loop cannot spin on it.
    package func read(into buffer: inout [UInt8], ready: Readiness) -> PortRead {
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe CLinux.read(number, $0.baseAddress, $0.count) }
        if count > 0 { return .bytes(count) }
        if count == 0 { return .lost(.ended) }
        return switch errno {
        case EAGAIN, EINTR: ready.contains(.hung) ? .lost(.hungUp) : .nothing
        case let code: .lost(.failed(code))
        }
    }

    /// Writes once, as much as is taken.
    package func write(_ bytes: ArraySlice<UInt8>) -> PortWrite {
        let count = unsafe bytes.withUnsafeBytes { unsafe CLinux.write(number, $0.baseAddress, $0.count) }
        return outcome(of: count)
    }

    /// Writes once to a socket; a peer that has gone is a loss, not a signal.
    package func send(_ bytes: ArraySlice<UInt8>) -> PortWrite {
        let count = unsafe bytes.withUnsafeBytes {
            unsafe CLinux.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        return outcome(of: count)
    }

    /// A second descriptor of the same open port, for another thread.
    package func duplicate() throws(PortError) -> Descriptor {
        let copy = fcntl(number, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw PortError("duplicate", "descriptor \(number)", code: errno) }
        return Descriptor(owning: copy)
    }

    private func outcome(of count: Int) -> PortWrite {
        if count >= 0 { return .wrote(count) }
        return switch errno {
        case EAGAIN, EINTR: .wrote(0)
        case let code: .lost(.failed(code))
        }
    }
}
