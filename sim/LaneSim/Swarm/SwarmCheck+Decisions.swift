import Exchange
import Lane
import Station

/// I4 and I5: decisions follow from what is in their records, and lists are asked as their decision table says.
extension SwarmCheck {
    /// How often the station looks at its clock, and a little.
    /// A passage is closed after `passageMax`, and sealed after `sealAfter`, which is at most 10 min.
    private static let longestOpen = Interval.minutes(12)
    static let clockLook = Interval.seconds(11)

    mutating func checkDerivation() {
        var lists = ReplayLists()
        for file in witness.lists {
            guard let list = file.list else { continue }
            _ = lists.add(list)
        }
        var timeline = ReplayTimeline()
        for record in observation.records { timeline.note(record.fields) }
        timeline.sort()
        // A record has the digest of the settings that it was decided by.
        let known = scenario.site.configurations.map { configuration in
            let sources = ReplaySources(configuration: configuration, lists: lists, timeline: timeline, isClear: false)
            return (String(configuration.digest.hex.prefix(16)), sources)
        }
        let sourcesOf = Dictionary(known, uniquingKeysWith: { first, _ in first })
        for record in observation.records {
            checkTime(of: record)
            guard record.fields.type == "passage" else { continue }
            guard let sources = record.fields.configuration.flatMap({ sourcesOf[$0] }) else {
                violate(.i4, "a passage has settings that the station never had", at: record.at)
                continue
            }
            guard let facts = PassageFacts(record.fields), let settings = sources.settings(of: facts.lane) else {
                continue
            }
            for difference in PassageDerivation(record.fields, facts, settings, sources).differences {
                violate(
                    .i4,
                    "record \(record.fields.sequence.number): recorded \(difference.recorded), derived "
                        + "\(difference.derived): \(difference.because)", at: record.at)
            }
        }
    }

    /// The monotonic clock orders everything: a passage is written after it began, and not long after.
    private mutating func checkTime(of record: Observation.SealedLine) {
        guard let start = record.fields.start, record.fields.type == "passage" else { return }
        let after = Interval(nanoseconds: record.fields.at.mono - start.mono)
        guard after < .zero || after > Self.longestOpen else { return }
        violate(.i4, "a passage is written \(after.milliseconds) ms after it began", at: record.at)
    }

    mutating func checkLists() {
        let truth = ListTruth(scenario, traffic: [], clockIsGood: true)
        let files = witness.lists
        // A version names one list at a time, and which one the journal says.
        var places: [ListVersion: Int] = [:]
        for record in observation.records {
            let fields = record.fields
            if fields.event == "listInForce" {
                guard let version = fields.list?.identity,
                    let place = files.firstIndex(where: { $0.list?.digest == fields.digest })
                else {
                    violate(
                        .i10, "a list was put in force that the central server never published whole", at: record.at)
                    continue
                }
                places[version] = place
                if files[place].at > record.at {
                    violate(.i5, "a list was in force before it was published", at: record.at)
                }
            }
            for read in (fields.reads ?? []) + [fields.read].compactMap({ $0 }) {
                check(read, of: record, truth, places)
            }
        }
    }

    private mutating func check(
        _ read: RecordFields.Read, of record: Observation.SealedLine, _ truth: ListTruth,
        _ places: [ListVersion: Int]
    ) {
        guard let tag = read.tag.flatMap({ TagNumber(recordText: $0) }),
            let outcome = read.outcome.flatMap({ Outcome(word: $0) })
        else { return }
        let place = read.list.flatMap { places[$0.identity] }
        if read.list != nil, place == nil {
            return violate(.i5, "a decision names a list that was not put in force before it", at: record.at)
        }
        let at = record.at + Interval(nanoseconds: read.offset ?? 0)
        let right = truth.outcomes(of: tag, by: place, at: at, lookedAgain: Self.clockLook)
        if !right.contains(outcome) {
            violate(
                .i5, "a tag came to \(outcome.word), by its list it is \(right.map(\.word).joined(separator: " or "))",
                at: at)
        }
        let published = place.map { scenario.lists[$0].at } ?? Interval(nanoseconds: .min)
        if let least = truth.leastInForce(at: at), published < least, place != nil || least > .zero {
            violate(.i5, "a tag was judged by an old list, a newer one should be in force", at: at)
        }
    }

    /// I10: no number is in the journal that was not on the road, and nothing that a line's noise made up.
    mutating func checkNumbers() {
        let rule = configuration.readers.first?.settings.tagText ?? .printed10or16
        var real: Set<String> = []
        for vehicle in plan.vehicles {
            for tag in vehicle.tags {
                if case .tag(let number) = rule.content(of: Array(tag.text.utf8)) { real.insert(number.recordText) }
            }
        }
        for record in observation.records {
            let reads = (record.fields.reads ?? []) + [record.fields.read].compactMap { $0 }
            for tag in reads.compactMap(\.tag) where !real.contains(tag) {
                violate(
                    .i10, "record \(record.fields.sequence.number) has a number that no vehicle carried", at: record.at)
            }
        }
    }
}
