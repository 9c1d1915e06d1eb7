import Lane
import Peripherals

/// Who drives through one station in a year, and what its detectors and antennas notice of them.
///
/// Vehicles come one after another by a Poisson process whose rate changes by the hour; each takes a lane, never nearer to the
/// one before it than a gap that grows with its speed. That gap makes the queues.
struct FleetTraffic: Sendable {
    /// Tables that all stations share.
    struct Tables: Sendable {
        let tags: FleetTags
        let good: ReadChance
        let wrong: ReadChance
        let loose: ReadChance
        let field = FleetLane.field

        init(tags: FleetTags) {
            self.tags = tags
            good = ReadChance(partsPerMillion: field.good)
            wrong = ReadChance(partsPerMillion: field.wrong)
            loose = ReadChance(partsPerMillion: field.loose)
        }
    }

    /// Where a vehicle drives: its lane, when its front is at the detector, and how fast.
    private struct Place {
        let lane: Int
        let front: Instant
        let speed: Speed
    }

    private let station: FleetStation
    private let tables: Tables
    private let hours: Int
    private var chance: SmallGenerator
    private var hour = 0
    /// Nanoseconds between two vehicles on average, in this hour.
    private var meanGap: UInt64
    private var isQueue = false
    /// The next vehicle's arrival, on no lane yet.
    private var arrival = FleetYear.begin
    /// Since when nobody is over each lane's detector.
    private var free: [Instant]
    private(set) var vehicles = 0

    init(_ station: FleetStation, days: Int, _ tables: Tables) {
        self.station = station
        self.tables = tables
        hours = days * 24
        chance = SmallGenerator(seed: station.seed)
        meanGap = station.meanGap(hour: 0)
        free = Array(repeating: FleetYear.begin, count: station.lanes)
        advance()
    }

    /// Whether the year is over: its last vehicle has come.
    var isOver: Bool { hour >= hours }

    /// Civil time of the next vehicle, for the dates of agreements.
    var utc: UTC { FleetYear.utc(at: arrival) }

    /// Puts the next vehicles on the road, at most so many.
    mutating func draw(_ count: Int, onto road: inout FleetRoad) {
        for _ in 0..<count where !isOver {
            pass(&road)
            vehicles += 1
            advance()
        }
        // Nobody's tag is heard before its vehicle arrives.
        road.horizon = isOver ? Instant(nanoseconds: .max) : arrival
        road.sort()
    }

    /// The next arrival: an exponential gap, spent hour by hour at the hour's rate.
    private mutating func advance() {
        // In 2⁻³² of the mean.
        var gap = NegativeLogarithm.of(chance.next())
        while !isOver {
            let end = FleetYear.begin + .hours(Int64(hour + 1))
            let (high, low) = meanGap.multipliedFullWidth(by: gap)
            let wait = Int64(clamping: (high << 32) | (low >> 32))
            guard wait >= (end - arrival).nanoseconds else {
                arrival = arrival + Interval(nanoseconds: wait)
                return
            }
            let spent = UInt64((end - arrival).nanoseconds).multipliedFullWidth(by: NegativeLogarithm.one)
            gap -= min(gap, meanGap.dividingFullWidth(spent).quotient)
            arrival = end
            hour += 1
            guard !isOver else { return }
            meanGap = station.meanGap(hour: hour)
            isQueue = station.isQueue(hour: hour, chance.next())
        }
    }

    private mutating func pass(_ road: inout FleetRoad) {
        let bits = chance.next()
        let lane = Int(bits.multipliedFullWidth(by: UInt64(station.lanes)).high)
        let speed = drawSpeed(bits)
        let vehicle = FleetVehicle(chance.next())
        // From the moment its front is at the zone's start until it is at the detector.
        var front = arrival + FleetLane.approach / speed
        let headway = FleetLane.shortestHeadway + FleetLane.shortestGap / speed
        if front < free[lane] + headway { front = free[lane] + headway }
        road.add(.occupied, lane: lane, at: front)
        if let trailer = vehicle.trailer {
            road.add(.free, lane: lane, at: front + trailer.drawbar / speed)
            road.add(.occupied, lane: lane, at: front + trailer.front / speed)
        }
        free[lane] = front + vehicle.length / speed
        road.add(.free, lane: lane, at: free[lane])
        let place = Place(lane: lane, front: front, speed: speed)
        addTags(of: vehicle, place, &road)
        if vehicle.isFollowedByStray { addStray(place, &road) }
    }

    private mutating func drawSpeed(_ bits: UInt64) -> Speed {
        let speeds = isQueue ? FleetStation.Road.queue : station.road.speeds
        let low = bits & 0xFFFF_FFFF
        let place = Int(low >> 28)
        // Up to 2 km/h more, so that no two are alike.
        let millimetres = speeds[place] * 1_000_000 / 3_600 + Int64(low & 0x1FF)
        return Speed(millimetresPerSecond: millimetres)
    }
}

/// Tags: which are in a vehicle, and when they are read.
extension FleetTraffic {
    private mutating func addTags(of vehicle: FleetVehicle, _ place: Place, _ road: inout FleetRoad) {
        switch vehicle.tag {
        case .none: break
        case .listed: addReads(road.add(tables.tags.listed(drawTag())), tables.good, vehicle.tagAt, place, &road)
        case .unlisted: addReads(road.add(tables.tags.unlisted(drawTag())), tables.good, vehicle.tagAt, place, &road)
        case .wronglyMounted:
            addReads(road.add(tables.tags.listed(drawTag())), tables.wrong, vehicle.tagAt, place, &road)
        case .damaged: addReads(road.add(.unreadable), tables.wrong, vehicle.tagAt, place, &road)
        case .malformed: addReads(road.add(.malformed), tables.good, vehicle.tagAt, place, &road)
        }
        guard vehicle.hasLooseTag else { return }
        // In the post, in a bag, in the car that a lorry carries: anywhere between front and rear.
        let bits = chance.next()
        let at = Metres(millimetres: Int64(bits.multipliedFullWidth(by: UInt64(vehicle.length.millimetres)).high))
        addReads(road.add(tables.tags.listed(drawTag())), tables.loose, at, place, &road)
    }

    /// The reads of a tag so far behind its vehicle's front; now and then the next lane's antenna hears the first of them too.
    private mutating func addReads(
        _ tag: UInt32, _ answers: ReadChance, _ behindFront: Metres, _ place: Place, _ road: inout FleetRoad
    ) {
        let enters = place.front + (FleetLane.zoneStart + behindFront) / place.speed
        let leaves = place.front + (FleetLane.zoneEnd + behindFront) / place.speed
        let bits = chance.next()
        var isLeaking = bits & FleetVehicle.leakMask == 0
        var stay = ZoneStay(from: enters, until: leaves, phase: bits, tables.field)
        while let at = stay.next(answers, tables.field, &chance) {
            road.add(.read, lane: place.lane, at: at + FleetRoad.lineDelay, tag: tag)
            if isLeaking { road.add(.read, lane: place.lane ^ 1, at: at + FleetRoad.lineDelay, tag: tag) }
            isLeaking = false
        }
    }

    /// Somebody with a tag beside the road, behind the vehicle: no vehicle's read.
    private mutating func addStray(_ place: Place, _ road: inout FleetRoad) {
        let at = free[place.lane] + FleetLane.strayBehind
        road.add(.read, lane: place.lane, at: at, tag: road.add(tables.tags.listed(drawTag())))
    }

    private mutating func drawTag() -> UInt64 { tables.tags.place(chance.next()) }
}
