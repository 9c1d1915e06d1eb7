import Lane
import Synchronization

/// Darkens heads from another thread, through a descriptor of its own and bytes that were made beforehand.
package struct Darkener: ~Copyable, Sendable {
    private let line: Descriptor
    private let bytes: [UInt8]

    init(_ line: consuming Descriptor, writing bytes: [UInt8]) {
        self.line = line
        self.bytes = bytes
    }

    /// Darkens all heads in one write; never blocks.
    package func darken() -> PortLoss? {
        switch line.send(bytes[...]) {
        case .wrote(bytes.count): nil
        case .wrote: .full
        case .lost(let loss): loss
        }
    }
}

/// Where the decision thread leaves its darkener for the watchdog, a new one after each reconnection.
package final class DarkSwitch: Sendable {
    private let darkener = Mutex<Darkener?>(nil)

    package init() {}

    /// Replaces the darkener; nil when the lamps are away.
    package func install(_ new: consuming Darkener?) {
        var incoming = consume new
        darkener.withLock { $0 = incoming.take() }
    }

    /// Darkens all heads; true when they were told. It does not wait for a thread that stalled while installing.
    package func darken() -> Bool {
        darkener.withLockIfAvailable { held in
            switch held {
            case nil: false
            case .some(let darkener): darkener.darken() == nil
            }
        } ?? false
    }
}
