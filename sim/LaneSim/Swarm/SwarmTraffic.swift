import Lane
import Station

/// How many vehicles a station has on each of its days, and when they come.
///
/// A day's number is drawn from five classes, so that most days are quiet and some are a bank holiday; the mean is 200:
///
/// | of 10 000 days | vehicles |
/// |---|---|
/// | 6 000 | 20 to 112 |
/// | 3 000 | 100 to 304 |
/// | 850 | 300 to 1 000 |
/// | 130 | 1 000 to 4 000 |
/// | 20 | 4 000 to 8 000 |
struct SwarmTraffic {
    private static let classes: [(upTo: Int, vehicles: ClosedRange<Int64>)] = [
        (6_000, 20...112), (9_000, 100...304), (9_850, 300...1_000), (9_980, 1_000...4_000), (10_000, 4_000...8_000),
    ]
    /// Half of a lane's vehicles of a day come close together, the others over hours.
    private static let busy = [300, 600, 900, 1_200]
    private static let quiet = [2, 6, 12, 30]
    /// No stream is longer, so that it fits its day.
    private static let longest = Interval.hours(20)

    /// The streams of all days in all lanes.
    static func streams(days: Int, lanes: Int, at place: SourcePlace, _ chance: inout Chance) -> [Traffic] {
        var mix = Traffic(name: "", place: place)
        mix.speed = .kilometresPerHour(chance.any(of: 30...110))
        mix.tagged = .percent(50 + chance.below(45))
        mix.failing = .percent(chance.below(4))
        mix.refused = .percent(chance.below(10))
        mix.secondTag = Traffic.Share(partsPerMillion: chance.below(20_000))
        mix.straddling = Traffic.Share(partsPerMillion: lanes > 1 ? chance.below(10_000) : 0)
        var streams: [Traffic] = []
        for day in 0..<days {
            let vehicles = vehicles(&chance) / lanes
            for lane in 1...lanes {
                mix.lane = LaneNumber(UInt8(lane))
                for (name, rates, count) in [
                    ("busy", busy, vehicles / 2), ("quiet", quiet, vehicles - vehicles / 2),
                ] where count > 0 {
                    mix.name = "\(name).\(day + 1).\(lane)"
                    mix.arrivals = name == "busy" && chance.below(3) == 0 ? .platoons : .poisson
                    streams.append(stream(mix, count, rates, day, &chance))
                }
            }
        }
        return streams
    }

    /// So many of a station's day.
    static func vehicles(_ chance: inout Chance) -> Int {
        let drawn = chance.below(10_000)
        let kind = classes.first { drawn < $0.upTo } ?? classes[0]
        return Int(chance.any(of: kind.vehicles))
    }

    /// As many as there should be on average, at one of the rates, somewhere in the day.
    private static func stream(
        _ mix: Traffic, _ count: Int, _ rates: [Int], _ day: Int, _ chance: inout Chance
    ) -> Traffic {
        var stream = mix
        let hours = Int(longest.milliseconds / 3_600_000)
        stream.perHour = max(rates[chance.below(rates.count)], count / hours + 1)
        let lasts = Interval.milliseconds(Int64(count) * 3_600_000 / Int64(stream.perHour))
        let from = chance.any(of: 0...max(0, 86_400_000 - lasts.milliseconds - 60_000))
        stream.from = .days(Int64(day)) + .milliseconds(from)
        stream.until = stream.from + lasts
        return stream
    }
}
