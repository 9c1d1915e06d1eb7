import Exchange
import HTTP
import Lane

/// `[camera NAME]`: a camera of a lane and what triggers it.
package struct CameraSection: Hashable, Sendable {
    /// The name that records carry.
    package let name: String
    package var lane = LaneNumber(1)
    /// Where its snapshot is fetched; set by every file.
    package var url: WebAddress?
    /// The name of a detector of the same lane.
    package var detector = ""
    package var moment = LaneGeometry.Camera.Moment.leadingEdge
    package var delay = Interval.zero
    /// How long a snapshot may take from the trigger to its last byte.
    package var timeOut = Interval.seconds(3)
    /// The longest snapshot in bytes.
    package var mostBytes = 4_000_000

    /// Per station; a lane has as many as a passage has triggers.
    package static let most = 64
    package static let mostInLane = Passage.mostTriggers

    package static let table = SectionTable(
        "camera", .named(most: most, example: "front1"),
        "A camera, and the moment at which it takes a photo of a vehicle that is not approved.",
        keys: [
            ConfigurationKey(required: "lane", \.lane, .lane, example: "1", "The lane that it sees."),
            ConfigurationKey(
                required: "url", \.url, .webAddress, example: "https://camera1.station/snapshot.jpg",
                "Where its snapshot is fetched; plain http only on this computer."),
            ConfigurationKey(
                required: "detector", \.detector, .name(most: RecordContext.longestName), example: "loop1",
                "The detector of the same lane whose edge triggers it."),
            ConfigurationKey(
                required: "moment", \.moment,
                .choice([("leadingEdge", .leadingEdge), ("trailingEdge", .trailingEdge)]),
                example: "leadingEdge",
                "The edge: leadingEdge for a camera that sees the front plate, trailingEdge for the rear plate."),
            ConfigurationKey(
                "delay", \.delay, .duration(.zero ... .seconds(5)),
                "Time from the edge to the trigger: until the plate stands where the camera sees it best."),
            ConfigurationKey(
                "timeOut", \.timeOut, .duration(.milliseconds(100) ... .seconds(60)),
                "How long a snapshot may take from the trigger to its last byte."),
            ConfigurationKey(
                "mostBytes", \.mostBytes, .size(10_000...50_000_000), "A longer snapshot is refused."),
        ]
    ) { CameraSection(name: $0) }
}
