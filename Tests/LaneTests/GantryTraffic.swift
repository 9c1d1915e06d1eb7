@testable import Lane

/// Traffic through the lanes of a station, made from a seed. A tag is tried every 20 ms while it is in its antenna's zone; the
/// antennas beside it may hear it too. What each vehicle is known to carry is kept beside it.
struct GantryTraffic {
    /// What traffic is made of.
    struct Mix {
        var lanes = 2
        /// Metres per second.
        var speed: ClosedRange<Int64> = 8...36
        /// Millimetres.
        var length: ClosedRange<Int64> = 3_500...5_000
        /// From one vehicle's front to the next one's, in milliseconds; never nearer than `gap` to its rear.
        var headway: ClosedRange<Int64> = 1_000...4_000
        /// Millimetres.
        var gap: Int64 = 2_000
        /// Vehicles in a hundred without a tag.
        var withoutTag: Int64 = 28
        /// Of a thousand tries, how many are heard, by the tag's own antenna and by each neighbour.
        var heard: Int64 = 600
        var leaked: Int64 = 50
        /// The first try that succeeds is within so many millimetres of the zone's beginning: a sound tag, heard normally.
        var soundWithin: Int64?
        /// A reader reports a tag once until another comes, as from the factory.
        var isReportedOnce = true
    }

    /// One vehicle as it really was.
    struct Vehicle {
        let lane: Int
        /// When its front and rear were at the detector, in microseconds.
        let front: Int64
        let rear: Int64
        /// Millimetres per second.
        let speed: Int64
        let tag: Int?
        /// Whether its own antenna reported its tag.
        var isHeard = false
    }

    enum Happening {
        case edge(Bool)
        case read(Int, at: Int64)
    }

    private(set) var vehicles: [Vehicle] = []
    private(set) var happenings: [(arrives: Int64, lane: Int, what: Happening)] = []
    let mix: Mix
    private static let zone: ClosedRange<Int64> = -6_000...1_000
    private static let every: Int64 = 20_000

    /// - Parameter count: vehicles in each lane.
    init(seed: UInt64, count: Int, mix: Mix) {
        self.mix = mix
        var random = Seeded(state: seed)
        for lane in 0..<mix.lanes {
            var last: Vehicle?
            for number in 0..<count {
                let vehicle = Self.vehicle(lane * count + number, in: lane, after: last, mix, &random)
                vehicles.append(vehicle)
                last = vehicle
            }
        }
        var reads: [(at: Int64, lane: Int, tag: Int, isOwn: Bool)] = []
        for vehicle in vehicles {
            happenings.append((vehicle.front, vehicle.lane, .edge(true)))
            happenings.append((vehicle.rear, vehicle.lane, .edge(false)))
            if let tag = vehicle.tag { reads += Self.reads(of: tag, in: vehicle, mix, &random) }
        }
        var reported = [Int?](repeating: nil, count: mix.lanes)
        for read in reads.enumerated().sorted(by: { ($0.1.at, $0.0) < ($1.1.at, $1.0) }).map(\.1) {
            if mix.isReportedOnce, reported[read.lane] == read.tag { continue }
            reported[read.lane] = read.tag
            if read.isOwn { vehicles[read.tag].isHeard = true }
            happenings.append(
                (
                    read.at + Int64.random(in: 5_000...90_000, using: &random), read.lane,
                    .read(read.tag, at: read.at)
                ))
        }
        happenings = happenings.enumerated().sorted { ($0.1.arrives, $0.0) < ($1.1.arrives, $1.0) }.map(
            \.1)
    }

    private static func vehicle(
        _ number: Int, in lane: Int, after last: Vehicle?, _ mix: Mix, _ random: inout Seeded
    ) -> Vehicle {
        var speed = Int64.random(in: mix.speed, using: &random) * 1_000
        let length = Int64.random(in: mix.length, using: &random)
        let headway = Int64.random(in: mix.headway, using: &random) * 1_000
        var front: Int64 = 10_000_000 + Int64.random(in: 0...3_000_000, using: &random)
        if let last {
            // Nobody overtakes in a lane: who is close behind goes about as fast as the one before.
            if headway < 3_000_000 {
                speed = max(last.speed - 1_000, min(speed, last.speed + 1_000))
            }
            front = max(last.front + headway, last.rear + mix.gap * 1_000_000 / min(speed, last.speed))
        }
        let isTagged = Int64.random(in: 0..<100, using: &random) >= mix.withoutTag
        return Vehicle(
            lane: lane, front: front, rear: front + length * 1_000_000 / speed, speed: speed,
            tag: isTagged ? number : nil)
    }

    /// A tag 1 to 2.5 m behind the front.
    private static func reads(
        of tag: Int, in vehicle: Vehicle, _ mix: Mix, _ random: inout Seeded
    ) -> [(at: Int64, lane: Int, tag: Int, isOwn: Bool)] {
        let behind = Int64.random(in: 1_000...2_500, using: &random)
        let enters = vehicle.front + (zone.lowerBound + behind) * 1_000_000 / vehicle.speed
        let leaves = vehicle.front + (zone.upperBound + behind) * 1_000_000 / vehicle.speed
        let sound = mix.soundWithin.map {
            enters + Int64.random(in: 0...$0, using: &random) * 1_000_000 / vehicle.speed
        }
        var reads: [(at: Int64, lane: Int, tag: Int, isOwn: Bool)] = []
        if let sound { reads.append((sound, vehicle.lane, tag, true)) }
        var at = enters + Int64.random(in: 0..<every, using: &random)
        while at < leaves {
            if at > sound ?? 0, Int64.random(in: 0..<1_000, using: &random) < mix.heard {
                reads.append((at, vehicle.lane, tag, true))
            }
            for lane in [vehicle.lane - 1, vehicle.lane + 1] where (0..<mix.lanes).contains(lane) {
                if Int64.random(in: 0..<1_000, using: &random) < mix.leaked {
                    reads.append((at, lane, tag, false))
                }
            }
            at += every
        }
        return reads
    }

    static func tag(_ number: Int) -> TagNumber {
        guard let tag = TagNumber(.agencySerial, value: 1_000_000 + UInt64(number), digits: 7) else {
            preconditionFailure("seven digits")
        }
        return tag
    }

    /// Every seventh tag is blocked.
    static func outcome(_ tag: Int) -> Outcome { tag % 7 == 3 ? .blocked : .approved }

    /// Drives it through a gantry; each action with its lane.
    func drive(_ change: (inout LaneSettings) -> Void = { _ in }) -> [LaneAction] {
        let settings = (1...mix.lanes).map { number in
            var settings = LaneSettings(lane: LaneNumber(UInt8(number)), geometry: Story.geometry())
            settings.readersTellRepeats = !mix.isReportedOnce
            change(&settings)
            return settings
        }
        let antennas = Dictionary(
            uniqueKeysWithValues: (1...mix.lanes).map {
                (AntennaNumber(UInt8($0)), LaneNumber(UInt8($0)))
            })
        var gantry = Gantry(settings, laneOfAntenna: antennas)
        var actions: [LaneAction] = []
        var wakes = [Instant?](repeating: nil, count: mix.lanes)
        func send(_ event: LaneEvent, _ lane: Int, _ now: Instant) {
            for action in gantry.handle(event, in: LaneNumber(UInt8(lane + 1)), at: now) {
                if case .wake(let at) = action { wakes[lane] = at } else { actions.append(action) }
            }
        }
        func run(to now: Instant) {
            while let due = wakes.compactMap({ $0 }).min(), due <= now {
                for lane in wakes.indices where wakes[lane] == due {
                    wakes[lane] = nil
                    send(.wake, lane, due)
                }
            }
        }
        for lane in 0..<mix.lanes {
            send(.level(DetectorNumber(0), isOccupied: false), lane, Instant(nanoseconds: 0))
        }
        var reads: UInt64 = 0
        for (arrives, lane, what) in happenings {
            let now = Instant(nanoseconds: arrives * 1_000)
            run(to: now)
            switch what {
            case .edge(let isOccupied):
                send(.edge(Edge(detector: DetectorNumber(0), isOccupied: isOccupied, at: now)), lane, now)
            case .read(let tag, let at):
                reads += 1
                let content = TagRead.Content.tag(
                    Self.tag(tag), Judgement(Self.outcome(tag), by: Story.list))
                let read = TagRead(
                    id: ReadID(reads), at: Instant(nanoseconds: at * 1_000),
                    antenna: AntennaNumber(UInt8(lane + 1)),
                    content: content)
                send(.read(read), lane, now)
            }
        }
        run(to: Instant(nanoseconds: ((happenings.last?.arrives ?? 0) + 600_000_000) * 1_000))
        return actions
    }
}
