import Lane

/// The vehicles of all streams, each put behind the one before it in its lane.
///
/// A vehicle keeps `headway` behind the rear of the one before it wherever it can be seen. One that would run into it drives at that one's speed.
/// Nobody overtakes in a lane, nobody queues up behind a scripted vehicle: traffic lets it go first.
struct TrafficFlow {
    /// A vehicle of traffic with its place on the road.
    struct Vehicle {
        let name: String
        let traffic: Traffic
        let course: Course
        let drive: Drive
        let draw: TrafficMix.Draw
    }

    private struct Stream {
        let traffic: Traffic
        let mix: TrafficMix
        var arrivals: Arrivals
        var next: Arrivals.Arrival?
        var count = 0
    }

    private let site: RoadSite
    private let seed: UInt64
    private let scripted: [Course]
    private var streams: [Stream]
    /// The last vehicle of each lane.
    private var last: [LaneNumber: Course] = [:]

    init(_ scenario: Scenario, _ site: RoadSite, scripted: [Course], seed: UInt64) {
        self.site = site
        self.seed = seed
        self.scripted = scripted
        let lanes = site.lanes.map(\.lane)
        streams = scenario.traffic.map { traffic in
            var arrivals = Arrivals(traffic, startsAt: scenario.startsAt, seed: seed)
            let first = arrivals.next()
            return Stream(
                traffic: traffic, mix: TrafficMix(traffic: traffic, lanes: lanes), arrivals: arrivals, next: first)
        }
    }

    /// The next one that comes in any lane; nil when all streams have ended.
    mutating func next() -> Vehicle? {
        while let (place, arrival) = soonest {
            streams[place].next = streams[place].arrivals.next()
            streams[place].count += 1
            let stream = streams[place]
            let name = "\(stream.traffic.name).\(stream.count)"
            var chance = Chance(seed: seed, of: name)
            var draw = stream.mix.draw(&chance)
            let leader = last[stream.traffic.lane]
            if arrival.followsLeader, let leader { draw.drive.speed = leader.trajectory.speed }
            let course = placed(draw, arrival.at, headway: max(.zero, stream.traffic.headway))
            // A full lane lets those wait who come later than the stream lasts: they are not seen any more.
            guard course.moment(at: site.anchor(stream.traffic.lane)) < stream.traffic.until else { continue }
            for lane in lanes(of: draw.drive) { last[lane] = course }
            draw.drive.speed = course.trajectory.speed
            return Vehicle(name: name, traffic: stream.traffic, course: course, drive: draw.drive, draw: draw)
        }
        return nil
    }

    private var soonest: (place: Int, arrival: Arrivals.Arrival)? {
        var soonest: (place: Int, arrival: Arrivals.Arrival)?
        for (place, stream) in streams.enumerated() {
            guard let next = stream.next else { continue }
            if soonest.map({ next.at < $0.arrival.at }) ?? true { soonest = (place, next) }
        }
        return soonest
    }

    private func lanes(of drive: Drive) -> [LaneNumber] { [drive.lane] + (drive.straddles.map { [$0] } ?? []) }

    /// As soon as it can be, not before `at`.
    private func placed(_ draw: TrafficMix.Draw, _ at: Interval, headway: Interval) -> Course {
        let anchor = site.anchor(draw.drive.lane)
        var drive = draw.drive
        var course = Course(drive, draw.shape, through: anchor, at: at)
        let leaders = lanes(of: drive).compactMap { last[$0] }
        for leader in leaders where leader.trajectory.speed < drive.speed {
            if late(course, behind: leader, headway, [site.stretch.upperBound]) > .zero {
                drive.speed = leader.trajectory.speed
                course = Course(drive, draw.shape, through: anchor, at: at)
            }
        }
        let ends = [site.stretch.lowerBound, site.stretch.upperBound]
        let wait = leaders.map { late(course, behind: $0, headway, ends) }.max() ?? .zero
        course = Course(drive, draw.shape, through: anchor, at: at + max(.zero, wait))
        return behindScripted(course, drive, draw.shape, headway: headway)
    }

    /// How much later it has to come to keep its headway at these positions.
    private func late(_ course: Course, behind leader: Course, _ headway: Interval, _ positions: [Metres]) -> Interval {
        positions.map { leader.occupies($0).upperBound + headway - course.moment(at: $0) }.max() ?? .zero
    }

    /// Later than every scripted vehicle that it would meet.
    private func behindScripted(
        _ first: Course, _ drive: Drive, _ shape: VehicleShape, headway: Interval
    ) -> Course {
        let anchor = site.anchor(drive.lane)
        var course = first
        while let met = scripted.first(where: { isInTheWay($0, of: course, headway) }) {
            let free = met.presence(in: site.stretch, clear: headway).upperBound
            let wait = max(Interval(nanoseconds: 1), free - course.moment(at: site.stretch.lowerBound))
            course = Course(drive, shape, through: anchor, at: course.moment(at: anchor) + wait)
        }
        return course
    }

    /// Whether both would be in one lane at one time, be it beside each other.
    private func isInTheWay(_ other: Course, of course: Course, _ headway: Interval) -> Bool {
        guard other.everIn.contains(where: { course.everIn.contains($0) }) else { return false }
        return other.presence(in: site.stretch, clear: headway)
            .overlaps(course.presence(in: site.stretch, clear: headway))
    }
}
