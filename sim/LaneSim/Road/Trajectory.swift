import Lane

/// Where the front of a vehicle is, and when: constant speed with halts, exact in whole millimetres and nanoseconds.
///
/// Positions are those along the vehicle's own way: of one that drives the wrong way they are the lane's, mirrored (−12 m of the
/// lane is 12 m of its way). `position(at: moment(at: p)) == p` for every position, so nothing is lost between the two.
package struct Trajectory: Hashable, Sendable {
    /// A stretch at constant speed, through a known point; a halt where there is no speed.
    private struct Leg: Hashable, Sendable {
        /// The first moment at which it holds; of the first leg, when it is at `position`.
        let from: Int64
        let position: Int64
        let speed: Int64
    }

    private static let second: Int64 = 1_000_000_000

    package let speed: Speed
    /// Drives and halts take turns, a drive is first and last. All but the first are in the order of time; the first holds before them.
    private let legs: [Leg]

    /// - Parameters:
    ///   - speed: whenever it moves.
    ///   - anchor: a position where the front is first at this moment.
    ///   - halts: in any order; those at one position follow each other.
    package init(speed: Speed, through anchor: Metres, at moment: Interval, halts: [Drive.Halt] = []) {
        self.speed = speed
        let first = Leg(from: 0, position: anchor.millimetres, speed: speed.millimetresPerSecond)
        let drives = Self.legs(first, Self.stops(halts))
        // Halts before the anchor make it start earlier, so that it is at the anchor at its moment.
        let late = Self.time(to: anchor.millimetres, drives) - moment.nanoseconds
        legs = drives.map { Leg(from: $0.from - late, position: $0.position, speed: $0.speed) }
    }

    /// By position, those at one position put together.
    private static func stops(_ halts: [Drive.Halt]) -> [Drive.Halt] {
        halts.filter { $0.lasts > .zero }.sorted { $0.at < $1.at }.reduce(into: []) { stops, halt in
            if let last = stops.last, last.at == halt.at {
                stops[stops.count - 1].lasts = last.lasts + halt.lasts
            } else {
                stops.append(halt)
            }
        }
    }

    private static func legs(_ first: Leg, _ stops: [Drive.Halt]) -> [Leg] {
        var legs = [first]
        for stop in stops {
            let reached = time(to: stop.at.millimetres, legs)
            legs.append(Leg(from: reached, position: stop.at.millimetres, speed: 0))
            legs.append(Leg(from: reached + stop.lasts.nanoseconds, position: stop.at.millimetres, speed: first.speed))
        }
        return legs
    }

    /// Where its front is: the position that it has reached, rounded down.
    package func position(at moment: Interval) -> Metres {
        let leg = legs.last { $0.from <= moment.nanoseconds } ?? legs[0]
        let passed = moment.nanoseconds - leg.from
        // Seconds and the rest by themselves: their product with a speed would not fit in one step.
        let (seconds, rest) = Self.divided(passed, by: Self.second)
        let way = seconds * leg.speed + Self.divided(rest * leg.speed, by: Self.second).quotient
        return Metres(millimetres: leg.position + way)
    }

    /// The first moment at which its front is at a position.
    package func moment(at position: Metres) -> Interval {
        Interval(nanoseconds: Self.time(to: position.millimetres, legs))
    }

    /// When its front goes on from a position: later than `moment(at:)` where it halts.
    package func departure(from position: Metres) -> Interval {
        let resumed = legs.dropFirst().last { $0.speed > 0 && $0.position == position.millimetres }
        return resumed.map { Interval(nanoseconds: $0.from) } ?? moment(at: position)
    }

    /// Where it halts, in the order of positions.
    package var halts: [Metres] { legs.filter { $0.speed == 0 }.map { Metres(millimetres: $0.position) } }

    /// The way there is on the last drive that begins before it: a halt at the position comes after it was reached.
    private static func time(to position: Int64, _ legs: [Leg]) -> Int64 {
        let drive = legs.last { $0.speed > 0 && $0.position < position } ?? legs[0]
        return drive.from + time(position - drive.position, at: drive.speed)
    }

    /// The time that a length takes, rounded up: then the position has been reached.
    private static func time(_ length: Int64, at speed: Int64) -> Int64 {
        let (whole, rest) = divided(length, by: speed)
        return whole * second + (rest * second + speed - 1) / speed
    }

    /// Rounded down for negative numbers as well: the rest is never negative.
    private static func divided(_ number: Int64, by divisor: Int64) -> (quotient: Int64, rest: Int64) {
        let (quotient, rest) = number.quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
    }
}
