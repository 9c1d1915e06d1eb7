import Lane

/// What a test asks a line to do to the bytes that pass over it.
package enum LineFault: Hashable, Sendable {
    /// One bit is flipped in each of the next frames.
    case damage(frames: Int)
    /// Of each of the next frames only the first part arrives, joined to what comes after.
    case cut(frames: Int)
    /// The next frames do not arrive at all.
    case swallow(frames: Int)
    /// Of each of the next frames the end mark is lost: it is joined to what comes after.
    case join(frames: Int)
    /// Each of the next frames arrives twice.
    case `repeat`(frames: Int)
    /// Each of the next frames arrives only with the one after it.
    case delay(frames: Int)
    /// So many random bytes now.
    case noise(bytes: Int)
    /// Random bytes for so long, and no frame.
    case babble(Interval)
}

/// A line that harms what passes over it on request, the same way for the same seed.
package struct FaultyLine: Sendable {
    /// Random bytes come in pieces of this many, each `babblePause` apart: about what 9600 baud carry.
    package static let babblePiece = 10
    package static let babblePause = Interval.milliseconds(10)

    /// What ends a frame on the line.
    private static let ends = [UInt8(ascii: "\r"), UInt8(ascii: "\n")]

    private var chance: SmallGenerator
    /// Faults of whole frames that wait for their frame.
    private var waiting: [LineFault] = []
    /// Frames that arrive with the next one.
    private var late: [UInt8] = []
    /// Frames that passed with a bit flipped.
    package private(set) var damaged = 0
    private var babbleUntil: Instant?
    private var nextPiece: Instant?

    package init(seed: UInt64) { chance = SmallGenerator(seed: seed) }

    /// When `babble` is to be called; nil when the line is calm.
    package var wake: Instant? { nextPiece }

    /// Takes a fault to be done; the bytes it puts on the line at once.
    package mutating func request(_ fault: LineFault, at now: Instant) -> [UInt8] {
        switch fault {
        case .damage(let frames), .cut(let frames), .swallow(let frames), .join(let frames), .repeat(let frames),
            .delay(let frames):
            if frames > 0 { waiting.append(fault) }
            return []
        case .noise(let count):
            return random(count)
        case .babble(let length):
            babbleUntil = now + length
            nextPiece = now
            return []
        }
    }

    /// The next piece of rubbish, when its time has come.
    package mutating func babble(at now: Instant) -> [UInt8] {
        guard let due = nextPiece, let end = babbleUntil, due <= now else { return [] }
        guard now < end else {
            nextPiece = nil
            babbleUntil = nil
            return []
        }
        nextPiece = now + Self.babblePause
        return random(Self.babblePiece)
    }

    /// What arrives of a frame.
    package mutating func pass(_ frame: [UInt8]) -> [UInt8] {
        guard nextPiece == nil, !frame.isEmpty else { return nextPiece == nil ? frame : [] }
        let before = late
        late = []
        return before + harmed(frame)
    }

    private mutating func harmed(_ frame: [UInt8]) -> [UInt8] {
        guard let fault = waiting.first else { return frame }
        switch fault {
        case .damage(let frames):
            use(.damage(frames: frames - 1), left: frames - 1)
            var flipped = frame
            flipped[Int(chance.next() % UInt64(frame.count))] ^= 1 << UInt8(chance.next() % 7)
            damaged += 1
            return flipped
        case .cut(let frames):
            use(.cut(frames: frames - 1), left: frames - 1)
            return Array(frame[..<Int(chance.next() % UInt64(frame.count))])
        case .swallow(let frames):
            use(.swallow(frames: frames - 1), left: frames - 1)
            return []
        case .join(let frames):
            use(.join(frames: frames - 1), left: frames - 1)
            return Array(frame.prefix { !Self.ends.contains($0) })
        case .repeat(let frames):
            use(.repeat(frames: frames - 1), left: frames - 1)
            return frame + frame
        case .delay(let frames):
            use(.delay(frames: frames - 1), left: frames - 1)
            late = frame
            return []
        case .noise, .babble:
            preconditionFailure("noise and babble are done when they are asked for")
        }
    }

    private mutating func use(_ rest: LineFault, left: Int) {
        if left > 0 { waiting[0] = rest } else { waiting.removeFirst() }
    }

    private mutating func random(_ count: Int) -> [UInt8] {
        (0..<max(0, count)).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
    }
}

/// A small generator whose numbers follow from its seed (SplitMix64, Steele et al. 2014).
package struct SmallGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
