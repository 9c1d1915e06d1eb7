import Lane
import Station

/// `[fault NAME]`: something that goes wrong from a moment on.
struct FaultSection: Hashable, Sendable {
    let name: String
    var at = Interval.zero
    var lasts: Interval?
    var what: FaultWord?
    var which: String?
    var by: Interval?
    var count: Int?
    var every: Interval?

    static let most = 1_000

    static let table = SectionTable<FaultSection>(
        "fault", .named(most: most, example: "cut"), "Something that goes wrong.",
        keys: [
            ConfigurationKey(
                required: "at", \.at, .duration(.zero...ScenarioSection.longest), example: "20 s", "When it begins."),
            ConfigurationKey(
                optional: "for", \.lasts, .duration(.milliseconds(1)...ScenarioSection.longest), example: "10 s",
                "How long it lasts; without it to the end. What was killed or stopped is started again then."),
            ConfigurationKey(required: "what", \.what, .words(), example: "readerUnplugged", "What goes wrong."),
            ConfigurationKey(
                optional: "which", \.which, .name(most: 64), example: "east",
                "Which reader, detector or camera of the site; for killed and stopped: station, central or devices."),
            ConfigurationKey(
                optional: "by", \.by, .duration(.days(-40_000) ... .days(40_000)), example: "3 s",
                "How much slower; how far civil time jumps (clockSteps) or what it gains a day (clockDrifts), backwards when negative."
            ),
            ConfigurationKey(
                optional: "count", \.count, .count(1...100_000), example: "3",
                "How many frames, edges, bytes of noise, lines, records, or effects or calls of the disk that are still carried out."
            ),
            ConfigurationKey(
                optional: "every", \.every, .duration(.microseconds(100) ... .seconds(1)), example: "5 ms",
                "The time between the edges of a bouncing detector."),
        ]
    ) { FaultSection(name: $0) }
}
