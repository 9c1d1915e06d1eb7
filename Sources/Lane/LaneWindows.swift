/// The lane's windows in time, all worked out from its geometry and speed range.
///
/// With the front of a vehicle at the passage detector at time 0, its tag is `tagBehindFront` or less behind it, so the tag
/// is in the antenna's zone from (zoneStart − detector) ÷ v to (zoneEnd − detector + tagBehindFront) ÷ v.
package struct LaneWindows: Hashable, Sendable {
    /// When a vehicle's first read can come, relative to its leading edge; negative where the zone lies before the detector.
    package let earliest: Interval
    /// When its last read can come, for the slowest vehicle.
    package let latest: Interval
    /// A second tag read before this cannot be the next vehicle's, which is at least `shortestVehicle` behind.
    package let nextVehicle: Interval
    /// *No tag* is decided this long after the leading edge: the fastest vehicle is at `decideAt`.
    package let decision: Interval
    /// The fastest vehicle is at the head this long after its rear left the detector.
    package let head: Interval
    /// How long a read can wait for the vehicle that carries it.
    package let waitForVehicle: Interval
    /// Without a detector: a tag not heard for this long has left the zone.
    package let hold: Interval
    /// A sound tag is heard as it enters the zone, mostly before its vehicle's leading edge. A follower close enough to be heard
    /// while this vehicle is there goes at 10 m/s or less and keeps 2 m: its tag enters the zone 200 ms after that edge or later.
    static let ownTag = Interval.milliseconds(200)
    /// The zone's length behind the detector, as a multiple of the shortest vehicle in 1/1024.
    private let reach: Int64

    package init(_ g: LaneGeometry) {
        let detector = g.detectors.first?.position ?? g.zoneStart
        func time(_ length: Metres, early: Bool) -> Interval {
            length / (early == (length < .zero) ? g.slowest : g.fastest)
        }
        earliest = time(g.zoneStart - detector, early: true)
        latest = time(g.zoneEnd - detector + g.tagBehindFront, early: false)
        nextVehicle = (g.zoneStart + g.shortestVehicle - detector) / g.fastest
        decision = max(.zero, (g.decideAt - detector) / g.fastest)
        head = max(.zero, (g.head - detector) / g.fastest)
        waitForVehicle = max(.zero, -earliest)
        hold = (g.zoneEnd - g.zoneStart + g.tagBehindFront) / g.slowest
        let behind = max(Metres.zero, g.zoneEnd - detector + g.tagBehindFront)
        reach = behind.millimetres * 1_024 / max(1, g.shortestVehicle.millimetres)
    }

    /// The last moment at which a tag of this vehicle can be read: it was over the detector for `occupied`, so it went at
    /// `shortestVehicle` ÷ `occupied` or faster.
    func lastRead(start: Instant, end: Instant) -> Instant {
        let occupied = end - start
        let byLength = Interval(nanoseconds: occupied.nanoseconds / 1_024 * reach)
        return max(end, start + min(latest, byLength))
    }
}
