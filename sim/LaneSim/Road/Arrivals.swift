import Lane

/// When the vehicles of one stream would come if nothing were in their way.
struct Arrivals {
    /// A vehicle that comes, alone or at the heels of the one before.
    struct Arrival {
        let at: Interval
        let followsLeader: Bool
    }

    private static let hour = Interval.hours(1)
    private static let day: Int64 = 24

    private let traffic: Traffic
    /// From midnight until the scenario's first moment.
    private let sinceMidnight: Interval
    private var chance: Chance
    private var at: Interval
    /// How many of the platoon are still to come.
    private var followers = 0

    init(_ traffic: Traffic, startsAt: UTC, seed: UInt64) {
        self.traffic = traffic
        chance = Chance(seed: seed, of: traffic.name)
        at = max(.zero, traffic.from)
        let milliseconds = startsAt.milliseconds % (Self.day * 3_600_000)
        sinceMidnight = .milliseconds(milliseconds < 0 ? milliseconds + Self.day * 3_600_000 : milliseconds)
    }

    /// The next one; nil when the stream has ended.
    mutating func next() -> Arrival? {
        if followers > 0 {
            followers -= 1
            return Arrival(at: at, followsLeader: true)
        }
        var wait = chance.exponential()
        if traffic.arrivals == .platoons {
            // A platoon has 1 to `platoon` vehicles, each number as likely: (platoon + 1) ÷ 2 on average.
            wait = wait * UInt64(max(1, traffic.platoon) + 1) / 2
            followers = chance.below(max(1, traffic.platoon))
        }
        guard let moment = moment(after: wait) else { return nil }
        at = moment
        return Arrival(at: at, followsLeader: false)
    }

    /// When so many vehicles (in 2⁻³²) would have come, at the rate of each hour on the way; nil: the stream has ended by then.
    private func moment(after vehicles: UInt64) -> Interval? {
        var left = UInt128(vehicles)
        var now = at
        while now < traffic.until {
            let hours = (sinceMidnight + now).nanoseconds / Self.hour.nanoseconds
            let end = min(traffic.until, Self.hour * (hours + 1) - sinceMidnight)
            let rate = UInt128(max(0, perHour(hours)))
            let perHour = UInt128(Self.hour.nanoseconds)
            let coming = (rate << 32) * UInt128((end - now).nanoseconds) / perHour
            if rate > 0, left <= coming {
                return now + Interval(nanoseconds: Int64(left * perHour / (rate << 32)))
            }
            left -= min(left, coming)
            now = end
        }
        return nil
    }

    private func perHour(_ hours: Int64) -> Int {
        traffic.curve.isEmpty ? traffic.perHour : traffic.curve[Int(hours) % traffic.curve.count]
    }
}
