/// How a vehicle went by two detectors at different positions.
package struct Motion: Hashable, Sendable {
    /// With the lane's direction of travel; false: the wrong way.
    package let isForward: Bool
    /// The mean of its front's and its rear's speed between the two detectors, in `speeds`.
    package let speed: Speed
    /// From its front to its rear end, trailers included, in `lengths`. A detector that sees beyond its line makes it longer by that.
    package let length: Metres

    /// Slower is standing, faster is no vehicle (the fastest that a lane can be configured for).
    package static let speeds = Speed.kilometresPerHour(1)...Speed.kilometresPerHour(300)
    /// Shorter is no vehicle; road trains have 25.25 m, and longer is a special transport or two vehicles.
    package static let lengths = Metres(millimetres: 500)...Metres(millimetres: 60_000)
    /// One that brakes or starts between the detectors has no one speed: front and rear may differ by this factor.
    static let mostChange: Int64 = 2

    package init(isForward: Bool, speed: Speed, length: Metres) {
        self.isForward = isForward
        self.speed = speed
        self.length = length
    }

    /// What the edges of both detectors come to; nil where they come to nothing plausible, such as those of a bouncing detector.
    ///
    /// - Parameters:
    ///   - distance: between the detectors, above zero.
    ///   - front: from the first detector's leading edge to the second's.
    ///   - rear: from the first detector's trailing edge to the second's.
    ///   - occupied: how long the vehicle was over the first detector.
    init?(isForward: Bool, distance: Metres, front: Interval, rear: Interval, occupied: Interval) {
        guard front > .zero, rear > .zero, front <= rear * Self.mostChange, rear <= front * Self.mostChange else {
            return nil
        }
        let speeds = [front, rear].map { distance.millimetres * 1_000_000_000 / $0.nanoseconds }
        let mean = (speeds[0] + speeds[1]) / 2
        guard mean > 0 else { return nil }
        let speed = Speed(millimetresPerSecond: mean)
        guard Self.speeds.contains(speed), occupied > .zero else { return nil }
        // Whole microseconds: the product stays below 2^63 for hours of standing.
        let length = Metres(millimetres: mean * (occupied.nanoseconds / 1_000) / 1_000_000)
        guard Self.lengths.contains(length) else { return nil }
        self.init(isForward: isForward, speed: speed, length: length)
    }
}
