import Lane

/// `[detector NAME]`: a vehicle detector of a lane.
package struct DetectorSection: Hashable, Sendable {
    /// The name that records carry.
    package let name: String
    package var lane = LaneNumber(1)
    package var position = Metres.zero
    /// The input of the line driver at which it is wired.
    package var input = ""
    /// Its line is low while a vehicle is there.
    package var isInverted = false

    /// Per station; a lane has `mostInLane` at the most.
    package static let most = 64
    package static let mostInLane = 8

    package static let table = SectionTable(
        "detector", .named(most: most, example: "loop1"),
        """
        A vehicle detector. The first one of a lane in this file gives the time of its passages. A lane without a \
        detector opens passages by reads alone: a vehicle without a tag is then not seen.
        """,
        keys: [
            ConfigurationKey(required: "lane", \.lane, .lane, example: "1", "The lane that it watches."),
            ConfigurationKey(
                required: "input", \.input, .name(most: 32), example: "lane1.loop",
                "The input of the line driver at which it is wired."),
            ConfigurationKey(
                "position", \.position, .length(Metres(millimetres: -200_000)...Metres(millimetres: 200_000)),
                "Where its line is along the lane."),
            ConfigurationKey("inverted", \.isInverted, .flag, "Yes: its line is low while a vehicle is there."),
        ]
    ) { DetectorSection(name: $0) }
}
