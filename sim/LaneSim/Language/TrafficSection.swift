import Lane
import Station

/// `[traffic NAME]`: a stream of vehicles that nobody names.
struct TrafficSection: Sendable {
    var traffic: Traffic
    var like: String?

    static let most = 200
    private static let hours = 24

    static let table = SectionTable<TrafficSection>(
        "traffic", .named(most: most, example: "morning"),
        "A stream of vehicles in one lane, drawn from the seed. Nothing is expected of one of them, but of all together.",
        keys: flow + mixture
    ) { name in
        TrafficSection(
            traffic: Traffic(name: name, place: SourcePlace(file: "", position: TextPosition(line: 1, column: 1))))
    }

    private static let flow: [ConfigurationKey<TrafficSection>] = [
        ConfigurationKey(
            optional: "like", \.like, .name(most: 64), example: "evening",
            "A stream above this one: what is not said here is as it has it."),
        ConfigurationKey("lane", \.traffic.lane, .lane, "The lane that they drive in."),
        ConfigurationKey(
            "from", \.traffic.from, .duration(.zero...ScenarioSection.longest), "When the stream begins."),
        ConfigurationKey("until", \.traffic.until, .duration(.zero...ScenarioSection.longest), "When it ends."),
        ConfigurationKey(
            "perHour", \.traffic.perHour, .count(1...7_200),
            "Vehicles in an hour on average, where no curve says otherwise."
        ),
        ConfigurationKey(
            optional: "curve", \.curve, .row(of: .count(0...7_200), hours...hours),
            example: Array(repeating: "60", count: hours).joined(separator: ", "),
            "Vehicles in each hour of a day, from midnight UTC; it repeats."),
        ConfigurationKey("arrivals", \.traffic.arrivals, .words(), "Independent of each other, or in groups."),
        ConfigurationKey("platoon", \.traffic.platoon, .count(1...100), "How many are in a group at the most."),
        ConfigurationKey(
            "headway", \.traffic.headway, .duration(.milliseconds(100) ... .seconds(60)),
            "Time from the rear of one to the front of the next, at the least."),
        ConfigurationKey("speed", \.traffic.speed, .speed(VehicleSection.speeds), "Their mean speed."),
        ConfigurationKey(
            "spread", \.traffic.spread, .count(0...80), "How far from the mean they drive, in percent of it."),
    ]

    private static let mixture: [ConfigurationKey<TrafficSection>] = [
        ConfigurationKey("tagged", \.traffic.tagged, .share, "Of all: a tag that can be read."),
        ConfigurationKey("failing", \.traffic.failing, .share, "Of all: a tag is there and fails."),
        ConfigurationKey("refused", \.traffic.refused, .share, "Of the tagged: not approved."),
        ConfigurationKey("secondTag", \.traffic.secondTag, .share, "Of the tagged: a second tag lies in the vehicle."),
        ConfigurationKey("lorries", \.traffic.lorries, .share, "Of all: lorries."),
        ConfigurationKey("motorcycles", \.traffic.motorcycles, .share, "Of all: motorcycles."),
        ConfigurationKey("trailers", \.traffic.trailers, .share, "Of all: with a trailer."),
        ConfigurationKey("straddling", \.traffic.straddling, .share, "Of all: on the line to the next lane."),
    ]

    private var curve: [Int]? {
        get { traffic.curve.isEmpty ? nil : traffic.curve }
        set { traffic.curve = newValue ?? [] }
    }
}

/// `[antenna]`: how well tags are heard, by all antennas alike.
extension AntennaField {
    static let table = SectionTable<AntennaField>(
        "antenna", .single, "How well tags are heard, by all antennas of the site.",
        keys: [
            ConfigurationKey(
                "every", \.every, .duration(.milliseconds(1) ... .seconds(1)), "Time between two attempts to read."),
            ConfigurationKey(
                "reportsEvery", \.reportsEvery, .duration(.milliseconds(1) ... .seconds(10)),
                "A tag that goes on answering is reported again after this."),
            ConfigurationKey(
                "reportsMoving", \.reportsMoving, .count(1...1_000),
                "After so many reports a tag that stays in the zone is reported more seldom."),
            ConfigurationKey(
                "reportsStanding", \.reportsStanding, .duration(.milliseconds(1) ... .minutes(10)),
                "How often it is reported then."),
            ConfigurationKey("good", \.good, .rate, "Attempts that succeed with a tag that is mounted well."),
            ConfigurationKey("wrong", \.wrong, .rate, "Attempts that succeed with a tag in a wrong place."),
            ConfigurationKey("loose", \.loose, .rate, "Attempts that succeed with a tag that lies in the vehicle."),
            ConfigurationKey(
                "metalWindscreen", \.metalWindscreen, .rate,
                "Attempts that are heard at all behind a metallised windscreen; what is heard is damaged."),
            ConfigurationKey(
                "looseBehind", \.looseBehind, .length(.zero...Metres(millimetres: 10_000)),
                "How much further back than its place a tag that lies in the vehicle is."),
            ConfigurationKey("leak", \.leak, .rate, "Attempts in a neighbouring lane that are heard here too."),
        ]
    ) { _ in AntennaField() }
}
