/// A length or a position along the lane, in whole millimetres. Positions grow in the direction of travel.
package struct Metres: Hashable, Comparable, Sendable {
    package var millimetres: Int64

    @inlinable
    package init(millimetres: Int64) { self.millimetres = millimetres }

    package static let zero = Metres(millimetres: 0)

    @inlinable
    package static func < (a: Metres, b: Metres) -> Bool { a.millimetres < b.millimetres }
    @inlinable
    package static func + (a: Metres, b: Metres) -> Metres { Metres(millimetres: a.millimetres + b.millimetres) }
    @inlinable
    package static func - (a: Metres, b: Metres) -> Metres { Metres(millimetres: a.millimetres - b.millimetres) }

    /// The time it takes to cover this length; negative for a negative length.
    @inlinable
    package static func / (length: Metres, speed: Speed) -> Interval {
        Interval(nanoseconds: length.millimetres * 1_000_000_000 / speed.millimetresPerSecond)
    }
}

/// A speed in whole millimetres a second, above zero.
package struct Speed: Hashable, Comparable, Sendable {
    package let millimetresPerSecond: Int64

    @inlinable
    package init(millimetresPerSecond: Int64) {
        precondition(millimetresPerSecond > 0, "a speed is above zero")
        self.millimetresPerSecond = millimetresPerSecond
    }

    @inlinable
    package static func kilometresPerHour(_ n: Int64) -> Speed { Speed(millimetresPerSecond: n * 1_000_000 / 3_600) }

    @inlinable
    package static func < (a: Speed, b: Speed) -> Bool { a.millimetresPerSecond < b.millimetresPerSecond }
}
