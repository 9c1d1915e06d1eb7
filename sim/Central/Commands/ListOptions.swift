import Exchange
import Lane
import Station

/// The options of commands that publish lists.
struct ListOptions {
    static let flags: Set<String> = ["--strict", "--json", "--now"]
    static let options: Set<String> = ["--list", "--active-from", "--stale-after", "--issuers", "--luhn"]

    /// What help says of them.
    static let help = """
          --list NAME          which list (default: \(AgreementList.defaultName))
          --active-from TIME   stations use the list from then on, as 2026-01-31T12:15Z (default: at once)
          --now                put in force at once, also when the list before waits for its --active-from: the next one,
                               which holds all of it, is refused otherwise unless it waits as long
          --stale-after SPAN   how old the list may grow, from then on, before stations say so (default: as before, \
        \(span.format(ListPublisher.staleAfter)) at first)
          --issuers LIST       the issuers for which the list speaks, such as pan:9578,printed:10; a number of another
                               is a fault (default: as before, everybody's at first)
          --luhn LIST          issuers whose printed numbers end with a Luhn check digit; all PANs do
          --strict             publish nothing when lines contradict each other
          --json               what was published as one JSON object
        """

    let name: String
    let settings: ListPublisher.Settings
    let rules: AgreementsRules
    let isJSON: Bool

    init(_ arguments: Arguments) throws(Arguments.UsageError) {
        name = arguments["--list"] ?? AgreementList.defaultName
        isJSON = arguments.has("--json")
        var settings = ListPublisher.Settings()
        settings.isNewEpoch = arguments.has("--new-epoch")
        settings.isStrict = arguments.has("--strict")
        settings.isNow = arguments.has("--now")
        settings.activeFrom = try arguments["--active-from"].map(Self.time)
        guard !settings.isNow || settings.activeFrom == nil else {
            throw Arguments.UsageError("--now and --active-from are two answers to one question")
        }
        settings.staleAfter = try arguments["--stale-after"].map(Self.duration)
        settings.issuers = try arguments["--issuers"].map(Self.issuers)
        self.settings = settings
        rules = AgreementsRules(
            issuers: settings.issuers, luhn: try arguments["--luhn"].map(Self.issuers) ?? [])
    }

    init(name: String = AgreementList.defaultName) {
        self.name = name
        settings = ListPublisher.Settings()
        rules = AgreementsRules()
        isJSON = false
    }

    private static let span = ValueType.duration(.minutes(1) ... .days(3_650))

    /// A moment in UTC: a day, a minute or a second.
    private static func time(_ text: String) throws(Arguments.UsageError) -> UTC {
        let ending =
            switch text.utf8.count {
            case 10: "T00:00:00.000Z"
            case 17: ":00.000Z"
            default: ".000Z"
            }
        let isDay = text.utf8.count == 10
        guard isDay || text.hasSuffix("Z"), let time = UTC(text: text.dropLast(isDay ? 0 : 1) + ending) else {
            throw Arguments.UsageError("--active-from takes a time in UTC, as 2026-01-31T12:15Z")
        }
        return time
    }

    private static func duration(_ text: String) throws(Arguments.UsageError) -> Interval {
        do throws(ValueError) {
            return try span.parse(text)
        } catch {
            throw Arguments.UsageError("--stale-after takes \(span.expected): \(error.reason)\(error.hint)")
        }
    }

    private static func issuers(_ text: String) throws(Arguments.UsageError) -> [IssuerPrefix] {
        var issuers: [IssuerPrefix] = []
        for word in text.split(separator: ",") {
            let word = word.drop { $0 == " " }
            guard let issuer = IssuerPrefix(text: word) else {
                throw Arguments.UsageError("\(word) is no issuer; write a number system and first digits, as pan:9578")
            }
            issuers.append(issuer)
        }
        return issuers
    }
}

extension ListPublisher {
    /// What a file is held against: where no issuers are named, those for which the list speaks already.
    func rules(_ options: ListOptions) throws -> AgreementsRules {
        var rules = options.rules
        if rules.issuers == nil, !options.settings.isNewEpoch {
            rules.issuers = try current(options.name, checking: .header)?.issuers
        }
        return rules
    }
}
