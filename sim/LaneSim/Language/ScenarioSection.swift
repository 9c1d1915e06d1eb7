import Lane
import Station

/// `[scenario]`: what it shows, where it comes from, and the station that meets it.
struct ScenarioSection: Hashable, Sendable {
    var shows = ""
    var source = ""
    var seed: UInt64 = 1
    /// A Monday morning.
    var startsAt = UTC(milliseconds: 1_767_592_800_000)
    /// Nil: `rest` after the last thing that the scenario says.
    var limit: Interval?
    var site: String?
    var includes: [String]?
    /// Whether a list with all agreements is there at the first moment.
    var hasFirstList = true

    /// No scenario runs longer: what takes years is `lanesim year`.
    static let longest = Interval.days(31)
    /// Passages close after `passageMax`, are sealed after `sealAfter`, and a central server that was away is asked again
    /// within minutes: whoever has not come to rest after half an hour never will.
    static let rest = Interval.minutes(30)

    static let table = SectionTable<ScenarioSection>(
        "scenario", .required, "What the scenario shows, and the station that meets it.",
        keys: [
            ConfigurationKey("shows", \.shows, .text(most: 300), "One sentence for people: what this scenario shows."),
            ConfigurationKey(
                "source", \.source, .text(most: 300),
                "Where it comes from: a seed document, a row of a table, a rule of the lane, something that happened."),
            ConfigurationKey(
                required: "site", \.site, .text(most: 4_095), example: "sites/two-lanes.conf",
                """
                The station's own configuration file, from the folder of the file that says it. What the scenario says in \
                sections of the same names is laid over it.
                """),
            ConfigurationKey(
                optional: "include", \.includes, .row(of: .text(most: 4_095), 1...16), example: "common.lane",
                "Files whose sections belong to this one too; a key that this file says itself counts."),
            ConfigurationKey("seed", \.seed, .seed, "What chance follows from, unless --seed says otherwise."),
            ConfigurationKey("startsAt", \.startsAt, .moment, "Civil time at the first moment."),
            ConfigurationKey(
                optional: "limit", \.limit, .duration(.seconds(1)...longest), example: "2 h",
                "A run that has not come to rest by then has failed. Without it: 30 min after the last thing that happens."
            ),
            ConfigurationKey(
                "firstList", \.hasFirstList, .flag,
                "Yes: a list with all agreements is there at the first moment; no: only those that [list] sections name."
            ),
        ]
    ) { _ in ScenarioSection() }

}
