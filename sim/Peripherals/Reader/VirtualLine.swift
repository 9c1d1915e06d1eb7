import Lane

/// A reader with its line to the station, without a port: firmware, faults, and bytes that take their time. Pure; a
/// pseudo-terminal gives it real time, the simulator virtual time.
package struct VirtualLine: Sendable {
    /// A reader whose line takes no more keeps this much, some hundred frames; what comes after is lost, as on a line.
    static let mostOutgoing = 8_192

    package private(set) var firmware: ECPFirmware
    /// Pulled out, the reader goes on, and what it sends is lost.
    package private(set) var isPlugged = true
    private var faults: FaultyLine
    private let byteTime: Interval
    private let piece: Int
    private var firmwareWake: Instant?
    /// Bytes on their way, and when the first of them has arrived.
    private var outgoing: [UInt8] = []
    private var arrival = Instant(nanoseconds: 0)

    /// - Parameters:
    ///   - baud: how fast bytes leave; nil: at once.
    ///   - piece: how many bytes the station's port gathers before it tells of them.
    ///   - seed: what damage on request follows from.
    package init(
        model: ReaderModel = ReaderModel(), setup: ReaderSetup = ReaderSetup(), baud: Int? = nil, piece: Int = 1,
        seed: UInt64 = 1
    ) {
        byteTime = baud.map { Self.byteTime(at: $0) } ?? .zero
        var model = model
        model.byteTime = byteTime
        firmware = ECPFirmware(model: model, setup: setup)
        faults = FaultyLine(seed: seed)
        self.piece = piece
    }

    /// A byte of 8N1 is ten bits on the line.
    package static func byteTime(at baud: Int) -> Interval {
        Interval(nanoseconds: 10_000_000_000 / Int64(max(1, baud)))
    }

    /// Frames that passed with a bit flipped.
    package var damagedFrames: Int { faults.damaged }

    /// When `advance` is to be called; nil while nothing is to come.
    package var wake: Instant? {
        var next = firmwareWake
        if let babble = faults.wake { next = min(next ?? babble, babble) }
        guard !outgoing.isEmpty else { return next }
        let told = arrival + byteTime * Int64(min(piece, outgoing.count) - 1)
        return min(next ?? told, told)
    }

    /// Something happens to the reader.
    package mutating func happen(_ event: ECPFirmware.Event, at now: Instant) {
        for action in firmware.handle(event, at: now) {
            switch action {
            case .send(let bytes): queue(faults.pass(bytes), at: now)
            case .wake(let instant): firmwareWake = instant
            }
        }
    }

    /// Something happens to the line.
    package mutating func disturb(_ fault: LineFault, at now: Instant) {
        queue(faults.request(fault, at: now), at: now)
    }

    /// The adapter is pulled out: what was on its way is lost.
    package mutating func unplug() {
        isPlugged = false
        outgoing = []
    }

    package mutating func plug() { isPlugged = true }

    /// Does what is due, and gives the bytes that the line has carried by now.
    package mutating func advance(to now: Instant) -> [UInt8] {
        if let due = firmwareWake, due <= now {
            firmwareWake = nil
            happen(.wake, at: now)
        }
        queue(faults.babble(at: now), at: now)
        return arrived(by: now)
    }

    private mutating func queue(_ bytes: [UInt8], at now: Instant) {
        guard isPlugged, !bytes.isEmpty, outgoing.count + bytes.count <= Self.mostOutgoing else { return }
        if outgoing.isEmpty { arrival = now + byteTime }
        outgoing += bytes
    }

    /// Each byte arrives when the line has carried it; all at once on a line without speed.
    private mutating func arrived(by now: Instant) -> [UInt8] {
        guard !outgoing.isEmpty, arrival <= now || byteTime == .zero else { return [] }
        let carried = byteTime == .zero ? Int64.max : (now - arrival).nanoseconds / byteTime.nanoseconds + 1
        let count = Int(min(carried, Int64(outgoing.count)))
        let bytes = Array(outgoing[..<count])
        outgoing.removeFirst(count)
        arrival = arrival + byteTime * Int64(count)
        return bytes
    }
}
