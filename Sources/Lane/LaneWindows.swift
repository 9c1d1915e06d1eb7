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
    /// A tag that is first heard later than this after a leading edge is rather the next vehicle's, whose tag enters the zone then.
    /// The nearest follower is half a second behind, or `nearestFront` where that is more, with its tag `nearestTag` behind its front.
    /// It is nearest in time at the speed at which both are the same. Not before the decision: until then a tag is this vehicle's.
    let ownTag: Interval
    /// Two vehicles a second (tolling facts §7: the design load).
    private static let headway = Interval.milliseconds(500)
    /// From front to front where nothing else is known: a car of 3.5 m and 2 m of road.
    private static let leastFront = Metres(millimetres: 5_500)
    /// A car, where no second detector tells its length.
    static let leastCar = Metres(millimetres: 3_500)
    /// Slower than this traffic stops and starts.
    private static let flowing = Speed.kilometresPerHour(25)
    /// How far before the detector the front of a vehicle is whose tag enters the zone, the tag `nearestTag` behind its front.
    private let approach: Metres
    /// From front to front: a car of 4 m and 2 m of road.
    private static let nearestFront = Metres(millimetres: 6_000)
    /// The windscreen of a car.
    private static let nearestTag = Metres(millimetres: 1_000)
    /// The zone's length behind the detector, as a multiple of the shortest vehicle in 1/1024.
    private let reach: Int64
    /// The same for a wrong-way vehicle, whose tag leaves the zone where others enter it.
    private let wrongWayReach: Int64
    private let wrongWayLatest: Interval

    package init(_ g: LaneGeometry) {
        let detector = g.detectors.first?.position ?? g.zoneStart
        func time(_ length: Metres, early: Bool) -> Interval {
            length / (early == (length < .zero) ? g.slowest : g.fastest)
        }
        earliest = time(g.zoneStart - detector, early: true)
        latest = time(g.zoneEnd - detector + g.tagBehindFront, early: false)
        nextVehicle = (g.zoneStart + g.shortestVehicle - detector) / g.fastest
        decision = max(.zero, (g.decideAt - detector) / g.fastest)
        let room = max(.zero, Self.nearestFront + Self.nearestTag + g.zoneStart - detector)
        ownTag = max(
            decision,
            Interval(
                nanoseconds: Self.headway.nanoseconds * room.millimetres / Self.nearestFront.millimetres))
        approach = max(.zero, detector - g.zoneStart - Self.nearestTag)
        head = max(.zero, (g.head - detector) / g.fastest)
        waitForVehicle = max(.zero, -earliest)
        hold = (g.zoneEnd - g.zoneStart + g.tagBehindFront) / g.slowest
        let behind = max(Metres.zero, g.zoneEnd - detector + g.tagBehindFront)
        reach = behind.millimetres * 1_024 / max(1, g.shortestVehicle.millimetres)
        let before = max(Metres.zero, detector - g.zoneStart + g.tagBehindFront)
        wrongWayReach = before.millimetres * 1_024 / max(1, g.shortestVehicle.millimetres)
        wrongWayLatest = before / g.slowest
    }

    /// Whether the vehicle that came at `start`, behind one that came at `before`, can have the tag that was read at `read`: of its way
    /// from there to the detector, `leastFront` or longer, no more than `approach` was left, at whatever speed it kept.
    func isInReach(read: Instant, start: Instant, before: Instant) -> Bool {
        (start - read).nanoseconds * Self.leastFront.millimetres
            <= (start - before).nanoseconds * approach.millimetres
    }

    /// How long after its tag was first heard a vehicle comes, at the latest, that follows one which covered `way` in `time`: it is at
    /// most twice as slow, in traffic that flows (`flowing` and faster) one and a half times.
    ///
    /// One that is slower still loses its tag to the one before. One that has no tag gains the tag of the one before if it comes sooner
    /// than this; so a longer wait is no safer one (`LateReadTests` has figures of both).
    func follower(of way: Metres, in time: Interval) -> Interval {
        let (way, time) = (max(1, abs(way.millimetres)), max(0, time.nanoseconds))
        let isFlowing = time <= (Metres(millimetres: way) / Self.flowing).nanoseconds
        return Interval(nanoseconds: time * approach.millimetres / way * (isFlowing ? 3 : 4) / 2)
    }

    /// The last moment at which a tag of this vehicle can be read: it was over the detector for `occupied`, so it went at
    /// `shortestVehicle` ÷ `occupied` or faster.
    func lastRead(start: Instant, end: Instant, isWrongWay: Bool = false) -> Instant {
        let occupied = end - start
        let byLength = Interval(
            nanoseconds: occupied.nanoseconds / 1_024 * (isWrongWay ? wrongWayReach : reach))
        return max(end, start + min(isWrongWay ? wrongWayLatest : latest, byLength))
    }
}
