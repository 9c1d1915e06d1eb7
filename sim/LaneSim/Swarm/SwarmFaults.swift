import Lane
import Station

/// What goes wrong with a station in its days: kinds, how often, when and for how long, all drawn from the seed.
struct SwarmFaults {
    /// What a fault is to meet.
    enum Aim: Sendable {
        /// Two of three shortly before a vehicle leaves.
        case vehicle
        /// When a list is published.
        case list
        /// When most vehicles come.
        case rush
    }

    /// A kind of fault: how often it comes in thirty days at the most, and how long it lasts.
    struct Kind: Sendable {
        let most: Int
        /// Of so many stations so many are spared it.
        var spared = (1, of: 3)
        var aim = Aim.vehicle
        /// Nil: it is over in a moment.
        let lasts: ClosedRange<Interval>?
        let deed: @Sendable (inout Chance, Devices) -> Fault.Deed?
    }

    /// What the site has that can fail.
    struct Devices: Sendable {
        let readers: [String]
        let detectors: [String]
        let cameras: [String]

        init(readers: [String], detectors: [String], cameras: [String]) {
            self.readers = readers
            self.detectors = detectors
            self.cameras = cameras
        }

        init(_ configuration: StationConfiguration) {
            readers = configuration.readers.map(\.settings.name)
            detectors = configuration.detectors.map(\.name)
            cameras = configuration.cameras.map(\.section.name)
        }

        func reader(_ chance: inout Chance) -> String { readers[chance.below(readers.count)] }
        func detector(_ chance: inout Chance) -> String { detectors[chance.below(detectors.count)] }
        func camera(_ chance: inout Chance) -> String? {
            cameras.isEmpty ? nil : cameras[chance.below(cameras.count)]
        }
    }

    /// How long the central server is away before a record is damaged.
    private static let offline = Interval.minutes(1)...(.hours(6))
    /// Before a vehicle comes.
    private static let shortlyBefore = Interval.seconds(3)
    /// So many vehicles are a rush: more than a journal that cannot be written has room for.
    private static let rush = 350

    /// - Parameter plan: two faults of three begin when a vehicle is near.
    static func draw(
        days: Int, _ configuration: StationConfiguration, _ plan: RoadPlan, _ lists: [PublishedList],
        at place: SourcePlace,
        _ chance: inout Chance
    ) -> [Fault] {
        let devices = Devices(configuration)
        let end = Interval.days(Int64(days))
        var faults: [Fault] = []
        for kind in kinds {
            // Some stations are spared this kind; the others have any number of it.
            guard chance.below(kind.spared.of) >= kind.spared.0 else { continue }
            let most = chance.below(kind.most + 1) * days
            for _ in 0..<(most / 30 + (chance.below(30) < most % 30 ? 1 : 0)) {
                guard let deed = kind.deed(&chance, devices) else { continue }
                guard let at = moment(kind.aim, before: end, plan, lists, &chance) else { continue }
                // A station finds out that the central server went back when it has something to tell it.
                if case .centralWentBack = deed, plan.vehicles.allSatisfy({ $0.leaves <= at }) { continue }
                let left = Interval(nanoseconds: max(1, (end - at).nanoseconds))
                let lasts = kind.lasts.map { min(span($0, &chance), left) }
                faults.append(Fault(name: "fault\(faults.count + 1)", place: place, at: at, lasts: lasts, deed: deed))
                guard deed == .fileDamaged(.journal, .bitFlipped) else { continue }
                // A record is looked at again when it is delivered: so that there is one, nobody can be reached before.
                let away = max(.zero, at - span(offline, &chance))
                faults.append(
                    Fault(
                        name: "fault\(faults.count + 1)", place: place, at: away,
                        lasts: at - away + Interval(nanoseconds: min(offline.lowerBound.nanoseconds, left.nanoseconds)),
                        deed: .centralAway))
            }
        }
        return faults.sorted { $0.at < $1.at }
    }

    /// Nil: there is none of that.
    private static func moment(
        _ aim: Aim, before end: Interval, _ plan: RoadPlan, _ lists: [PublishedList], _ chance: inout Chance
    ) -> Interval? {
        switch aim {
        case .vehicle: return moment(before: end, plan, &chance)
        case .list:
            let later = lists.filter { $0.at > .zero && $0.at < end && $0.damage == .none }
            return later.isEmpty ? nil : later[chance.below(later.count)].at
        case .rush:
            let leaves = plan.vehicles.map(\.leaves).filter { $0 < end }.sorted()
            guard leaves.count > rush else { return nil }
            return (0..<leaves.count - rush).min { leaves[$0 + rush] - leaves[$0] < leaves[$1 + rush] - leaves[$1] }
                .map { leaves[$0] }
        }
    }

    private static func moment(before end: Interval, _ plan: RoadPlan, _ chance: inout Chance) -> Interval {
        guard chance.below(3) > 0, !plan.vehicles.isEmpty else {
            return Interval(nanoseconds: chance.any(of: 0...end.nanoseconds - 1))
        }
        let vehicle = plan.vehicles[chance.below(plan.vehicles.count)]
        let before = Interval(nanoseconds: chance.any(of: 0...shortlyBefore.nanoseconds))
        return min(max(.zero, vehicle.leaves - before), end - .milliseconds(1))
    }

    /// Any length of a range, each order of magnitude as likely as the others.
    private static func span(_ range: ClosedRange<Interval>, _ chance: inout Chance) -> Interval {
        var low = range.lowerBound.nanoseconds
        var doublings = 0
        while low << doublings < range.upperBound.nanoseconds { doublings += 1 }
        low <<= chance.below(max(1, doublings))
        return Interval(nanoseconds: min(chance.any(of: low...low * 2), range.upperBound.nanoseconds))
    }
}
