import Devices
import Lane

/// One direction of a connection through a link: what is on its way, and what becomes of it.
struct LinkWay: Sendable {
    /// The most that is on its way; the sender waits when there is more.
    static let mostHeld = 1 << 20

    /// Pieces, oldest first, and when each has come.
    private var held: [(due: Instant, bytes: ArraySlice<UInt8>)] = []
    private var heldBytes = 0
    /// What comes is taken and thrown away; so is word of the sender's end.
    var isLost = false
    /// The sender has ended: when what is on its way has come, so has its end.
    var hasEnded = false

    /// Whether more is taken from the sender.
    var hasRoom: Bool { !hasEnded && heldBytes < Self.mostHeld }

    /// Whether the receiver is to be told that the sender has ended.
    var isOver: Bool { hasEnded && held.isEmpty && !isLost }

    /// When the oldest piece has come; nil: nothing is on its way.
    var due: Instant? { held.first?.due }

    /// Takes a piece from the sender.
    mutating func take(_ bytes: ArraySlice<UInt8>, due: Instant) {
        guard !isLost, !bytes.isEmpty else { return }
        held.append((due, bytes))
        heldBytes += bytes.count
    }

    /// From now on nothing of this direction comes any more.
    mutating func lose() {
        isLost = true
        held = []
        heldBytes = 0
    }

    /// Gives the receiver what has come by now, as far as it takes it.
    ///
    /// - Parameter most: no more than so many bytes.
    /// - Returns: how many it took; nil when it has gone.
    mutating func give(_ receiver: borrowing Descriptor, at now: Instant, most: Int) -> Int? {
        var given = 0
        while let first = held.first, first.due <= now, given < most {
            switch receiver.send(first.bytes.prefix(most - given)) {
            case .lost: return nil
            case .wrote(0): return given
            case .wrote(let count):
                given += count
                heldBytes -= count
                held[0].bytes = first.bytes.dropFirst(count)
                if held[0].bytes.isEmpty { held.removeFirst() }
            }
        }
        return given
    }
}
