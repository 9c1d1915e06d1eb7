import Lane

/// `[lane N]`: where things are along a lane, and how it decides.
package struct LaneSection: Hashable, Sendable {
    /// Detectors and cameras are filled in from their own sections.
    package var settings: LaneSettings
    /// No antenna hangs over the lane, and that is meant so.
    package var isWithoutAntenna = false

    /// Lanes of one station: eight are the design load (tolling facts §7), sixteen fit a record's and a relay card's numbers.
    package static let most = 16

    private init(number: UInt8) {
        let geometry = LaneGeometry(
            zoneStart: .zero, zoneEnd: .zero, detectors: [], cameras: [], decideAt: .zero, head: .zero,
            slowest: .kilometresPerHour(5), fastest: .kilometresPerHour(160))
        settings = LaneSettings(lane: LaneNumber(number), geometry: geometry)
    }

    package static let table = SectionTable(
        "lane", .numbered(most: most),
        """
        A lane; lanes are numbered 1, 2, 3, … Positions are metres in the direction of travel, with the lane's first \
        detector at 0; what lies before it is negative.
        """,
        keys: geometry + windows + policy
    ) { LaneSection(number: UInt8($0) ?? 1) }

    private static let positions = Metres(millimetres: -200_000)...Metres(millimetres: 200_000)
    private static let lengths = Metres.zero...Metres(millimetres: 25_000)
    private static let speeds = Speed.kilometresPerHour(1)...Speed.kilometresPerHour(300)

    private static let geometry: [ConfigurationKey<LaneSection>] = [
        ConfigurationKey(
            required: "zoneStart", \.settings.geometry.zoneStart, .length(positions), example: "-6 m",
            "Where a tag begins to be read."),
        ConfigurationKey(
            required: "zoneEnd", \.settings.geometry.zoneEnd, .length(positions), example: "1 m",
            "Where a tag is no longer read."),
        ConfigurationKey(
            required: "decideAt", \.settings.geometry.decideAt, .length(positions), example: "2 m",
            "Where the front of the fastest vehicle is when no tag is decided; before the front camera's trigger line."),
        ConfigurationKey(
            required: "head", \.settings.geometry.head, .length(positions), example: "15 m",
            "Where the light head stands; behind it the light of a vehicle no longer changes."),
        ConfigurationKey("slowest", \.settings.geometry.slowest, .speed(speeds), "The slowest vehicle that is judged."),
        ConfigurationKey("fastest", \.settings.geometry.fastest, .speed(speeds), "The fastest vehicle that is judged."),
        ConfigurationKey(
            "tagBehindFront", \.settings.geometry.tagBehindFront, .length(lengths),
            "How far behind a vehicle's front its tag may be."),
        ConfigurationKey(
            "shortestVehicle", \.settings.geometry.shortestVehicle,
            .length(Metres(millimetres: 500)...lengths.upperBound),
            "The shortest vehicle with the gap behind it; no second vehicle's tag is nearer."),
    ]

    private static let windows: [ConfigurationKey<LaneSection>] = [
        ConfigurationKey(
            "gapHold", \.settings.gapHold, .duration(.zero ... .seconds(2)),
            "A gap in the detector shorter than this, without a new tag, is one vehicle with a trailer."),
        ConfigurationKey(
            "readerDelay", \.settings.readerDelay, .duration(.zero ... .seconds(2)),
            "How long the reader takes from the air to our line at the most."),
        ConfigurationKey(
            "crossLane", \.settings.crossLane, .duration(.zero ... .seconds(60)),
            "A tag that has decided a vehicle decides no other within this time, in whatever lane."),
        ConfigurationKey(
            "arbitration", \.settings.arbitration, .duration(.zero ... .milliseconds(500)),
            "How long a tag waits for word from other lanes that hear it too, at the most until decideAt; 0: not at all."
        ),
        ConfigurationKey(
            "stuckAfter", \.settings.stuckAfter, .duration(.seconds(10) ... .hours(1)),
            "A detector that stays occupied this long while other tags come and go is stuck."),
        ConfigurationKey(
            "passageMax", \.settings.passageMax, .duration(.seconds(5) ... .minutes(5)),
            "A passage is closed after this time, vehicle or not, so that it holds nothing back."),
    ]

    private static let policy: [ConfigurationKey<LaneSection>] = [
        ConfigurationKey(
            "photographDeniedBeside", \.settings.photographDeniedBeside, .flag,
            "Photograph a vehicle in which a tag that is not approved lies beside the one that decided."),
        ConfigurationKey(
            "photographUnjudged", \.settings.photographUnjudged, .flag,
            "Photograph a tagged vehicle that could not be judged because there was no usable list."),
        ConfigurationKey(
            "withoutAntenna", \.isWithoutAntenna, .flag, "Yes: no antenna hangs over this lane, and that is meant so."),
    ]
}

extension ValueType where Value == LaneNumber {
    /// A lane's number; whether the lane exists is checked when all sections are read.
    package static var lane: Self {
        let number = ValueType<Int>.count(1...LaneSection.most)
        return ValueType("the number of a lane from 1 to \(LaneSection.most)") { text throws(ValueError) in
            LaneNumber(UInt8(try number.parse(text)))
        } format: {
            String($0.number)
        }
    }
}
