import Lane
import Lights
import Station

/// `[vehicle NAME]`: what it is, how it drives, which tags are in it, and what is expected of the station.
struct VehicleSection: Hashable, Sendable {
    var name: String
    var like: String?
    var at = Interval.zero
    var lane = LaneNumber(1)
    var kind = "car"
    /// Nil: as its kind has it.
    var speed: Speed?
    var plate = ""
    var tag: TagWord?
    var mounting = TagSpec.Mounting.good
    var second: TagWord?
    var secondMounting = TagSpec.Mounting.good
    /// Nil: reads come by the antenna's physics.
    var heard: Interval?
    var reads = 1
    var readEvery = Interval.milliseconds(60)
    var isDamaged = false
    /// Nil: as `heard`.
    var secondHeard: Interval?
    var halts: [Drive.Halt]?
    var straddles: LaneNumber?
    var changesLane: LaneChange?
    var isWrongWay = false
    var shows = ""
    var expected = Expected()

    /// What is expected; what is nil is not looked at.
    struct Expected: Hashable, Sendable {
        var outcome: Outcome?
        var earlier: Outcome?
        var light: String?
        var finally: String?
        var lightWithin: Interval?
        var op: Int?
        var fin: Int?
        var photos: [String]?
        var flags: [String]?
        var withoutFlags: [String]?
        var passages: Int?
        var speedMeasured: Speed?
        var lengthMeasured: Metres?
    }

    static let most = 10_000
    static let shortest = Metres(millimetres: 500)
    static let longest = Metres(millimetres: 60_000)
    static let positions = Metres(millimetres: -200_000)...Metres(millimetres: 200_000)
    static let speeds = Speed.kilometresPerHour(1)...Speed.kilometresPerHour(300)

    static let table = SectionTable<VehicleSection>(
        "vehicle", .named(most: most, example: "anna"),
        "A vehicle, and what is expected of the station when it passes. What is not said is not looked at.",
        keys: driving + tags + expectations
    ) { VehicleSection(name: $0) }

    private static let driving: [ConfigurationKey<VehicleSection>] = [
        ConfigurationKey(
            optional: "like", \.like, .name(most: 64), example: "ola",
            "A vehicle above this one: what is not said here is as it has it."),
        ConfigurationKey(
            required: "at", \.at, .duration(.zero...ScenarioSection.longest), example: "2 s",
            "When its front is at its lane's first detector; where there is none, at the start of the zone."),
        ConfigurationKey("lane", \.lane, .lane, "The lane that it drives in."),
        ConfigurationKey(
            "kind", \.kind, .name(most: 64),
            "What it is: \(VehicleShape.kinds.map(\.word).joined(separator: ", ")), or the name of a [kind]."),
        ConfigurationKey(
            optional: "speed", \.speed, .speed(speeds), example: "80 km/h",
            "How fast it drives; without it as its kind does, or 60 km/h."),
        ConfigurationKey("plate", \.plate, .text(most: 12), "Its plate."),
        ConfigurationKey(
            optional: "halts", \.halts, .row(of: .halt, 1...16), example: "3 m for 20 s",
            "Where its front stands still and for how long, in the order of positions. A parked car is a long halt."),
        ConfigurationKey(
            "straddles", \.straddles, .laneOrNone, "It drives on the line between its lane and this one: both see it."),
        ConfigurationKey(
            optional: "changesLane", \.changesLane, .laneChange, example: "2 at -3 m",
            "From this position of its front on it is in the other lane."),
        ConfigurationKey("wrongWay", \.isWrongWay, .flag, "It drives against the direction of travel."),
        ConfigurationKey("shows", \.shows, .text(most: 100), "What this vehicle shows, for those who watch."),
    ]

    private static let tags: [ConfigurationKey<VehicleSection>] = [
        ConfigurationKey("tag", \.tag, .tag, "The tag behind its windscreen."),
        ConfigurationKey("mounting", \.mounting, .words(), "How well that tag can be heard."),
        ConfigurationKey("second", \.second, .tag, "A second tag that lies in it."),
        ConfigurationKey("secondMounting", \.secondMounting, .words(), "How well the second tag can be heard."),
        ConfigurationKey(
            optional: "heard", \.heard, .duration(.seconds(-60) ... .hours(1)), example: "-250 ms",
            """
            When its tag is read first, from the moment its front is at the detector; before it when negative. It replaces \
            the antenna's physics for this vehicle.
            """),
        ConfigurationKey("reads", \.reads, .count(1...1_000), "How often each tag is read, where heard is given."),
        ConfigurationKey(
            "readEvery", \.readEvery, .duration(.milliseconds(1) ... .seconds(60)),
            "The time between two such reads."),
        ConfigurationKey(
            "damaged", \.isDamaged, .flag,
            "Yes: the reads that heard gives arrive damaged, as a tag that cannot be read."),
        ConfigurationKey(
            optional: "secondHeard", \.secondHeard, .duration(.seconds(-60) ... .hours(1)), example: "-200 ms",
            "When the second tag is read first, where heard is given; without it when the first is."),
    ]

    private static let flagWords: ValueType<String> = .choice(Passage.Flags.words.map { ($0.1, $0.1) })

    private static let expectations: [ConfigurationKey<VehicleSection>] = [
        ConfigurationKey(
            optional: "outcome", \.expected.outcome, .choice(Outcome.allCases.map { ($0.word, $0) }),
            example: "approved",
            "What the station decides in the end."),
        ConfigurationKey(
            optional: "earlier", \.expected.earlier, .choice(Outcome.allCases.map { ($0.word, $0) }), example: "noTag",
            "What it had decided before a late read revised it."),
        ConfigurationKey(
            optional: "light", \.expected.light, .choice(lightWords.map { ($0, $0) }), example: "green",
            "What the head shows for it first; dark: nothing. The top place is called as the site has it."),
        ConfigurationKey(
            optional: "finally", \.expected.finally, .choice(lightWords.map { ($0, $0) }), example: "green",
            "What the head shows for it last: where a late read revises a decision, another light than the first."),
        ConfigurationKey(
            optional: "lightWithin", \.expected.lightWithin, .duration(.zero ... .seconds(60)), example: "100 ms",
            "From the moment its front is at the detector until its light, at the most."),
        ConfigurationKey(
            optional: "op", \.expected.op, .count(0...255), example: "20", "ResultOp of ISO 17573-3 in its record."),
        ConfigurationKey(
            optional: "fin", \.expected.fin, .count(0...255), example: "64",
            "ResultFin of ISO 17573-3 in its record, as a decimal number."),
        ConfigurationKey(
            optional: "photos", \.expected.photos, .optionalRow(of: .name(most: 64), 1...16),
            example: "front1, rear1",
            "The cameras whose photos of it are kept, one for each photo; all: every camera of its lane, once."),
        ConfigurationKey(
            optional: "flags", \.expected.flags, .list(of: flagWords, most: 16), example: "revised",
            "Flags that its record has."),
        ConfigurationKey(
            optional: "withoutFlags", \.expected.withoutFlags, .list(of: flagWords, most: 16), example: "tooLong",
            "Flags that its record does not have."),
        ConfigurationKey(
            optional: "passages", \.expected.passages, .count(0...16), example: "1",
            "How many passages the station makes of it; 0: it is not seen."),
        ConfigurationKey(
            optional: "speedMeasured", \.expected.speedMeasured, .speed(speeds), example: "60 km/h",
            "The speed that its record has, give or take 1 km/h."),
        ConfigurationKey(
            optional: "lengthMeasured", \.expected.lengthMeasured, .length(shortest...longest), example: "4.5 m",
            "The length that its record has, from front to rear end with a trailer, give or take 0.5 m."),
    ]

    private static let lightWords = ["green", "white"] + TopPlace.allCases.map(\.word) + ["dark"]
}
