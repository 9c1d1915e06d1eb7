import CLinux
import Glibc
import Lane

/// What a poller is to look for on a descriptor; hanging is always reported.
package struct Interest: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    package static let reading = Interest(rawValue: 1)
    package static let writing = Interest(rawValue: 2)
}

/// What a poller found on a descriptor.
package struct Readiness: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    package static let readable = Readiness(rawValue: 1)
    package static let writable = Readiness(rawValue: 2)
    /// HUP, ERR or a closed descriptor: read what is left; the read tells of the loss.
    package static let hung = Readiness(rawValue: 4)
}

/// Waits on a small fixed set of descriptors, each in its slot, with a deadline in nanoseconds.
package struct Poller: Sendable {
    private var entries: [pollfd]

    /// A poller with so many empty slots.
    package init(slots: Int) {
        entries = Array(repeating: pollfd(fd: -1, events: 0, revents: 0), count: slots)
    }

    /// Puts a descriptor into a slot, or empties the slot with nil; it holds until it is changed.
    package mutating func watch(_ slot: Int, _ descriptor: Int32?, for interest: Interest = .reading) {
        let events = (interest.contains(.reading) ? POLLIN : 0) | (interest.contains(.writing) ? POLLOUT : 0)
        entries[slot] = pollfd(fd: descriptor ?? -1, events: Int16(events), revents: 0)
    }

    /// Waits until a descriptor is ready or the deadline has come; nil waits for ever. A signal ends it early, with nothing ready.
    package mutating func wait(until deadline: Instant?) throws(PortError) {
        let nanoseconds = deadline.map { max(0, ($0 - MonotonicClock.now()).nanoseconds) } ?? -1
        let count = unsafe entries.withUnsafeMutableBufferPointer {
            unsafe bom_ppoll($0.baseAddress, nfds_t($0.count), nanoseconds)
        }
        if count >= 0 { return }
        let code = errno
        for slot in entries.indices { entries[slot].revents = 0 }
        if code != EINTR { throw PortError("poll", "\(entries.count) descriptors", code: code) }
    }

    /// What the last wait found in a slot.
    package subscript(slot: Int) -> Readiness {
        let found = Int32(entries[slot].revents)
        var readiness: Readiness = []
        if found & POLLIN != 0 { readiness.insert(.readable) }
        if found & POLLOUT != 0 { readiness.insert(.writable) }
        if found & (POLLHUP | POLLERR | POLLNVAL) != 0 { readiness.insert(.hung) }
        return readiness
    }
}
