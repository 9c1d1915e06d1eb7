import Lane
import Station

/// The sections of a scenario file and their keys.
enum ScenarioTables {
    static let kinds = [lane.kind, agreement.kind, vehicle.kind, incident.kind]
    private static let day = Interval.zero...Interval.days(1)

    static let lane = SectionTable<Scenario.LaneDevices>(
        "lane", .numbered(most: 16), "A lane and the simulated devices that serve it.",
        keys: [
            ConfigurationKey(required: "reader", \.reader, .name(most: 16), example: "east", "The tag reader's name."),
            ConfigurationKey("port", \.port, .count(0...15), "The reader's antenna port over this lane."),
            ConfigurationKey(
                required: "detector", \.detector, .name(most: 64), example: "lane1.loop",
                "The name of the detector's line."),
        ]
    ) { name in Scenario.LaneDevices(lane: Int(name) ?? 0) }

    static let agreement = SectionTable<Scenario.AgreementLine>(
        "agreement", .named(most: 1_000, example: "good"), "An agreement that the central server publishes.",
        keys: [
            ConfigurationKey(
                required: "number", \.number, .text(most: 40), example: "10 0000001 1", "The number printed on the tag."
            ),
            ConfigurationKey("status", \.status, .name(most: 32), "The status, in the central server's words."),
        ]
    ) { _ in Scenario.AgreementLine() }

    static let vehicle = SectionTable<Scenario.Vehicle>(
        "vehicle", .named(most: 1_000, example: "first"), "A vehicle that passes.",
        keys: [
            ConfigurationKey(
                required: "at", \.at, .duration(day), example: "2 s", "When its front is at the detector."),
            ConfigurationKey("lane", \.lane, .count(1...16), "The lane that it drives in."),
            ConfigurationKey(
                "length", \.length, .length(Metres(millimetres: 1_000)...Metres(millimetres: 60_000)), "Its length."),
            ConfigurationKey(
                "speed", \.speed, .speed(.kilometresPerHour(1)...(.kilometresPerHour(250))), "Its speed."),
            ConfigurationKey(
                optional: "tag", \.tag, .text(most: 20), example: "1000000011",
                "The text that its tag gives to the reader. Without it there is no tag."),
            ConfigurationKey(
                optional: "second", \.second, .text(most: 20), example: "1000000052", "The text of a second tag in it."),
            ConfigurationKey("reads", \.reads, .count(1...100), "How often each tag is read."),
            ConfigurationKey(
                "readEvery", \.readEvery, .duration(.milliseconds(1)...(.seconds(10))), "The time between two reads."),
            ConfigurationKey(
                "heard", \.heard, .duration(.seconds(-10)...(.seconds(10))),
                "The first read, from the moment its front is at the detector."),
            ConfigurationKey(
                "outcome", \.outcome, .choice(Outcome.allCases.map { ($0.word, $0) }), "What the station has to decide."
            ),
            ConfigurationKey("shows", \.explanation, .text(most: 60), "What this vehicle shows, for those who watch."),
        ]
    ) { name in Scenario.Vehicle(name: name) }

    static let incident = SectionTable<Scenario.Incident>(
        "incident", .named(most: 100, example: "powerCut"), "Something that befalls one of the programs.",
        keys: [
            ConfigurationKey(required: "at", \.at, .duration(day), example: "20 s", "When it happens."),
            ConfigurationKey(
                optional: "central", \.central, .choice([("stop", .stop), ("start", .start)]), example: "stop",
                "Stops the central server in order, or starts it again."),
            ConfigurationKey(
                optional: "kill", \.kill,
                .choice([("station", .station), ("central", .central), ("devices", .devices)]), example: "station",
                "Kills this program from one moment to the next (SIGKILL)."),
            ConfigurationKey(
                "after", \.after, .duration(.zero...(.minutes(1))), "The time from the kill until it is started again."),
        ]
    ) { _ in Scenario.Incident() }
}
