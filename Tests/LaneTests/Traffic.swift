@testable import Lane

/// Plausible traffic through one lane, made from a seed: vehicles of random length, speed and headway, each with 0 to 2 tags
/// that are heard while they are in the antenna's zone. What each vehicle is known to carry is kept beside it.
struct Traffic {
    /// What traffic is made of.
    struct Mix {
        /// Metres per second.
        var speed: ClosedRange<Int64> = 8...36
        /// Millimetres.
        var length: ClosedRange<Int64> = 3_500...5_000
        /// From one vehicle's front to the next one's, in milliseconds.
        var headway: ClosedRange<Int64> = 1_000...4_000
        /// Vehicles in a hundred without a tag, and with two.
        var withoutTag: Int64 = 28
        var withTwoTags: Int64 = 3
        /// Reads of a tag, from the edge of the zone inwards; a reader hears a tag early.
        var reads: ClosedRange<Int64> = 1...3
    }

    /// One vehicle as it really was.
    struct Vehicle {
        /// When its front was at the detector, in microseconds.
        let front: Int64
        let speed: Int64
        let length: Int64
        let tags: [Int]
        /// Nothing lies between two vehicles but road.
        var rear: Int64 { front + length * 1_000 / speed }
    }

    private enum Happening {
        case edge(Bool, vehicle: Int)
        case read(Int, at: Int64)
    }

    let vehicles: [Vehicle]
    private let happenings: [(arrives: Int64, what: Happening)]
    private static let zone: ClosedRange<Int64> = -6_000...1_000

    init(seed: UInt64, count: Int, mix: Mix = Mix()) {
        var random = Seeded(state: seed)
        var (vehicles, happenings): ([Vehicle], [(arrives: Int64, what: Happening)]) = ([], [])
        var front: Int64 = 10_000_000
        for number in 0..<count {
            let vehicle = Self.vehicle(number, after: vehicles.last, front: &front, mix, &random)
            happenings.append((vehicle.front, .edge(true, vehicle: number)))
            happenings.append((vehicle.rear, .edge(false, vehicle: number)))
            for tag in vehicle.tags { happenings += Self.reads(of: tag, in: vehicle, mix, &random) }
            vehicles.append(vehicle)
        }
        self.vehicles = vehicles
        self.happenings = happenings.enumerated().sorted { ($0.1.arrives, $0.0) < ($1.1.arrives, $1.0) }.map(\.1)
    }

    /// The next vehicle: behind the last one by its headway, and never nearer to its rear than half a second and two metres.
    private static func vehicle(
        _ number: Int, after last: Vehicle?, front: inout Int64, _ mix: Mix, _ random: inout Seeded
    ) -> Vehicle {
        var speed = Int64.random(in: mix.speed, using: &random)
        let length = Int64.random(in: mix.length, using: &random)
        let headway = Int64.random(in: mix.headway, using: &random) * 1_000
        front += headway
        if let last {
            // A faster one behind would be in the other's boot before the zone ends: it keeps to its speed.
            if headway < 3_000_000 { speed = min(speed, last.speed) }
            front = max(front, last.rear + max(500_000, 2_000_000 / speed))
        }
        let kind = Int64.random(in: 0..<100, using: &random)
        let tags = kind < mix.withoutTag ? 0 : kind < 100 - mix.withTwoTags ? 1 : 2
        return Vehicle(
            front: front, speed: speed, length: length, tags: (0..<tags).map { number * 2 + $0 })
    }

    /// A tag 1 to 2.5 m behind the front is heard from the beginning of the zone on; its frame comes 5 to 90 ms later.
    private static func reads(
        of tag: Int, in vehicle: Vehicle, _ mix: Mix, _ random: inout Seeded
    ) -> [(arrives: Int64, what: Happening)] {
        let behind = Int64.random(in: 1_000...2_500, using: &random)
        var place = zone.lowerBound
        return (0..<Int64.random(in: mix.reads, using: &random)).compactMap { _ in
            place += Int64.random(in: 0...3_000, using: &random)
            guard place <= zone.upperBound else { return nil }
            let at = vehicle.front + (place + behind) * 1_000 / vehicle.speed
            return (at + Int64.random(in: 5_000...90_000, using: &random), .read(tag, at: at))
        }
    }

    static func tag(_ number: Int) -> TagNumber {
        guard let tag = TagNumber(.agencySerial, digits: Array(String(100_000 + number).utf8)) else {
            preconditionFailure("six digits")
        }
        return tag
    }

    /// Every third tag is blocked.
    static func outcome(_ tag: Int) -> Outcome { tag % 3 == 2 ? .blocked : .approved }

    /// Drives it through a lane; `check` sees the lane after each event.
    func drive(_ check: (LaneMachine) -> Void = { _ in }) -> Story {
        var story = Story()
        for (arrives, what) in happenings {
            switch what {
            case .edge(let isOccupied, _):
                story.run(toMicroseconds: arrives)
                let edge = Edge(
                    detector: DetectorNumber(0), isOccupied: isOccupied, at: Instant(nanoseconds: arrives * 1_000))
                story.send(.edge(edge))
            case .read(let tag, let at):
                story.run(toMicroseconds: arrives)
                story.reads += 1
                story.send(
                    .read(
                        TagRead(
                            id: ReadID(story.reads), at: Instant(nanoseconds: at * 1_000), antenna: AntennaNumber(1),
                            content: .tag(Self.tag(tag), Judgement(Self.outcome(tag), by: Story.list)))))
            }
            check(story.lane)
        }
        story.run(toMicroseconds: (happenings.last?.arrives ?? 0) + 120_000_000)
        return story
    }
}

extension Story {
    /// Runs the timers up to a moment.
    mutating func run(toMicroseconds moment: Int64) {
        let end = Instant(nanoseconds: moment * 1_000)
        while let due = wake, due <= end {
            now = max(now, due)
            wake = nil
            send(.wake)
        }
        now = max(now, end)
    }
}
