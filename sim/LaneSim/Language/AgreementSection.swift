import Central
import Lane
import Station

/// `[agreement NAME]`: a tag's number and how it stands on the lists.
struct AgreementSection: Hashable, Sendable {
    let name: String
    var number = ""
    var standing = Standing.approved
    var from: UTC?
    var until: UTC?
    var plate = ""

    static let most = 10_000

    static let table = SectionTable<AgreementSection>(
        "agreement", .named(most: most, example: "anna"), "An agreement that the central server publishes.",
        keys: [
            ConfigurationKey(
                required: "number", \.number, .text(most: 40), example: "10 0000001 1",
                "The number printed on its tag, by the site's rule (tagText of the readers); spaces count nothing."),
            ConfigurationKey("status", \.standing, .words(), "How it stands, in the central server's words."),
            ConfigurationKey(
                optional: "from", \.from, .moment, example: "2026-01-05", "The first moment at which it holds."),
            ConfigurationKey(
                optional: "until", \.until, .moment, example: "2027-01-01",
                "The first moment at which it no longer holds."),
            ConfigurationKey(
                "plate", \.plate, .text(most: 12),
                "The vehicle that it was made for; in another vehicle its tag was moved."),
        ]
    ) { AgreementSection(name: $0) }
}

/// `[list NAME]`: a list that the central server publishes at a moment.
struct ListSection: Hashable, Sendable {
    /// What an agreement is on this list.
    struct Change: Hashable, Sendable {
        let agreement: String
        let standing: Standing
    }

    let name: String
    var at = Interval.zero
    /// Nil: all that the scenario names.
    var agreements: [String]?
    var without: [String] = []
    var changed: [Change]?
    var damage = PublishedList.Damage.none
    var staleAfter = Interval.days(3)
    var activeAfter = Interval.zero

    static let most = 100

    static let table = SectionTable<ListSection>(
        "list", .named(most: most, example: "second"),
        """
        A list that the central server publishes at a moment. Before it there is one with all agreements, unless \
        [scenario] firstList = no.
        """,
        keys: [
            ConfigurationKey(
                required: "at", \.at, .duration(.zero...ScenarioSection.longest), example: "20 s",
                "When it is published; the station asks for it every listEvery of its [central]."),
            ConfigurationKey(
                "agreements", \.agreements, .optional(.row(of: .name(most: 64), 1...1_000), none: "all"),
                "The agreements on it."),
            ConfigurationKey(
                "without", \.without, .optionalList(of: .name(most: 64), most: 1_000),
                "Agreements that are not on it."),
            ConfigurationKey(
                optional: "changed", \.changed, .row(of: .standingChange, 1...1_000), example: "anna blocked",
                "Agreements that stand otherwise on this list."),
            ConfigurationKey("damage", \.damage, .words(), "What is wrong with its bytes, on purpose."),
            ConfigurationKey(
                "staleAfter", \.staleAfter, .duration(.seconds(1) ... .days(366)),
                "After this time since it was issued the list is stale."),
            ConfigurationKey(
                "activeAfter", \.activeAfter, .duration(.zero ... .days(366)),
                "It is to be used so long after it was published; until then it waits on the station's disk."),
        ]
    ) { ListSection(name: $0) }
}
