import Lane
import Peripherals
import Station

/// A reader of a virtual station: firmware, line, and the station's port.
struct VirtualReader {
    /// A 16550's receiver tells of bytes when it has eight (Linux `serial8250`, PORT_16550A: `UART_FCR_R_TRIG_10`).
    static let piece = 8

    var line: VirtualLine
    /// Whether the station has the port open.
    var isOpen = false
    /// When the world is to advance the line; what was planned before is out of date.
    var planned: Instant?
    /// Damaged frames that were put on the line while the station listened, since its program was started.
    private(set) var damagedFrames = 0
    private(set) var lastDamaged: Instant?
    /// Nothing of them was lost with the line.
    private(set) var countsAreWhole = true
    private let byteTime: Interval
    private var hostFree = Instant(nanoseconds: 0)

    init(_ section: ReaderSection, seed: UInt64) {
        line = VirtualLine(baud: section.baud, piece: Self.piece, seed: seed)
        byteTime = VirtualLine.byteTime(at: section.baud)
    }

    /// Lets something happen to the line, and counts the frames that it damages.
    mutating func counting<Answer>(at now: Instant, _ body: (inout VirtualLine) -> Answer) -> Answer {
        let before = line.damagedFrames
        let answer = body(&line)
        if isOpen, line.damagedFrames > before {
            damagedFrames += line.damagedFrames - before
            lastDamaged = now
        }
        return answer
    }

    /// A program begins to count.
    mutating func beginCount() {
        (damagedFrames, lastDamaged, countsAreWhole) = (0, nil, true)
    }

    /// The line is gone, with what was on it.
    mutating func loseCount() { countsAreWhole = false }

    /// The station writes; when the reader has all of it.
    mutating func carry(_ count: Int, at now: Instant) -> Instant {
        hostFree = max(hostFree, now) + byteTime * Int64(count)
        return hostFree
    }

    /// What an antenna makes of a tag that it could not read: no text of any rule for numbers.
    static func damaged(_ text: String) -> String { "*" + text.dropFirst() }
}
