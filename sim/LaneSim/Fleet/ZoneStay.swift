import Lane
import Peripherals

/// A tag's stay in an antenna's zone: when it is reported, drawn in closed form from the probabilities of the lane's physics.
///
/// An attempt is made every `AntennaField.every`. How many fail before one succeeds is one draw (`ReadChance`), and after a
/// report the attempts of the pause are left out.
struct ZoneStay: Sendable {
    private let first: Instant
    private let attempts: Int
    private var attempt = 0
    private var reports = 0

    /// - Parameter phase: the reader's own clock, which knows nothing of the vehicle: 64 random bits.
    init(from enters: Instant, until leaves: Instant, phase: UInt64, _ field: AntennaField) {
        let wait = phase.multipliedFullWidth(by: UInt64(field.every.nanoseconds)).high
        first = enters + Interval(nanoseconds: Int64(wait))
        attempts = first <= leaves ? Int((leaves - first).nanoseconds / field.every.nanoseconds) + 1 : 0
    }

    /// The next report; nil: the tag leaves without another.
    mutating func next(_ chance: ReadChance, _ field: AntennaField, _ generator: inout SmallGenerator) -> Instant? {
        guard attempt < attempts, let failed = chance.first(of: attempts - attempt, &generator) else { return nil }
        let at = attempt + failed
        reports += 1
        let pause = reports < field.reportsMoving ? field.reportsEvery : field.reportsStanding
        attempt = at + max(1, Int((pause.nanoseconds + field.every.nanoseconds - 1) / field.every.nanoseconds))
        return first + field.every * Int64(at)
    }
}
