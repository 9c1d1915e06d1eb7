import Exchange
import Lane
import Station
import TagReader

/// The journals held against what the central server has, and against what happened on the road.
struct TortureCheck {
    private(set) var result = TortureResult()
    private let observation: Observation
    /// A passage is dated within this of its vehicle.
    private static let dated = WireRun.allowance.dating

    /// - Parameters:
    ///   - observation: records of all journals in their order, and what the central server has; moments are those of the clock.
    ///   - plan: a round's scenario and road.
    init(
        _ story: TortureStory, _ observation: Observation, plan: (_ round: Int) throws -> (Scenario, RoadPlan)
    ) rethrows {
        self.observation = observation
        checkDelivery()
        for (place, round) in story.rounds.enumerated() {
            let (scenario, road) = try plan(round.number)
            let next = place + 1 < story.rounds.count ? story.rounds[place + 1].begins : nil
            check(round, until: next, scenario, road)
        }
    }

    private mutating func checkDelivery() {
        let delivery = DeliveryCheck(observation)
        result.passages = delivery.delivered
        result.records = observation.records.count
        result.journals = Set(observation.records.map(\.fields.journal)).count
        result.outOfOrder = delivery.outOfOrder
        result.troubles = observation.troubles + delivery.troubles
        var there: [RecordLine: Int] = [:]
        for line in observation.atCentral { there[line, default: 0] += 1 }
        for record in observation.records {
            switch there[record.line] ?? 0 {
            case 0: result.lost.append("\(record.name) is not at the central server")
            case 1: break
            case let count: result.duplicated.append("\(record.name) is at the central server \(count) times")
            }
        }
    }

    /// The vehicles of a round, and the reads that were acknowledged in it.
    private mutating func check(
        _ round: TortureStory.Round, until next: Instant?, _ scenario: Scenario, _ road: RoadPlan
    ) {
        let records = observation.records.filter { record in
            let at = Instant(nanoseconds: record.fields.time.mono)
            let isOfThisRun = (record.fields.time.boot ?? record.fields.boot) == round.boot
            return isOfThisRun && at >= round.begins - Self.dated && next.map { at < $0 - Self.dated } ?? true
        }
        let tags = Set(records.flatMap(\.tags))
        // All readers of the site have one rule.
        let rule = scenario.site.configuration.readers[0].settings.tagText
        checkReads(round, tags, rule)
        let seen = records.enumerated().compactMap { place, record in
            var record = record
            record.at = Instant(nanoseconds: record.fields.time.mono) - round.begins
            return SeenPassage(record, at: place)
        }
        let configuration = scenario.site.configuration
        let matching = PassageMatching(road, seen, configuration, within: Self.dated)
        let heard = HeardTimes(road, configuration)
        for vehicle in road.vehicles {
            let first = min(vehicle.at, heard[vehicle.number, vehicle.lane]?.lowerBound ?? vehicle.at)
            // The run itself was killed before it came.
            if !round.isDrained, round.begins + first > round.lastMoment { continue }
            result.vehicles += 1
            let passages = matching.passages[vehicle.number].count
            guard passages != 1 else { continue }
            let name = "round \(round.number), \(vehicle.name) at \(vehicle.at.words)"
            if passages > 1 {
                if round.downtime(from: first, to: vehicle.leaves) == nil {
                    result.duplicated.append("\(name) has \(passages) passages")
                }
            } else if let downtime = round.downtime(from: vehicle.at, to: vehicle.at) {
                // Its front came while the station was down, or shortly before: one that has seen it has it, whatever comes after.
                let hasRecord = vehicle.tags.contains { rule.number(of: $0.text).map(tags.contains) ?? false }
                result.excused.append(
                    .init(
                        round: round.number, vehicle: vehicle.name, at: vehicle.at, program: downtime.program,
                        isUncommitted: round.begins + vehicle.at < downtime.end, hasRecord: hasRecord))
            } else {
                result.lost.append("\(name) has no passage, and nothing was down")
            }
        }
        for place in matching.invented.map({ seen[$0] }) where round.downtime(from: place.start, to: place.end) == nil {
            result.troubles.append("round \(round.number), \(place.name) is a passage that nobody drove")
        }
    }

    /// What was acknowledged is in a record.
    private mutating func checkReads(_ round: TortureStory.Round, _ tags: Set<TagNumber>, _ rule: TagText) {
        var missing: Set<TagNumber> = []
        for text in round.taken {
            guard let number = rule.number(of: text) else { continue }
            result.acknowledged += 1
            if !tags.contains(number) { missing.insert(number) }
        }
        for _ in missing {
            result.lost.append("round \(round.number): a tag whose read was acknowledged is in no record")
        }
    }
}

extension TortureStory.Round {
    /// When a program was down, or had not committed, at any of these moments; nil: never.
    fileprivate func downtime(from first: Interval, to last: Interval?) -> TortureStory.Downtime? {
        let (first, last) = (begins + first, begins + max(first, last ?? first))
        let own = downtimes.first { $0.from <= last && first <= $0.to ?? Instant(nanoseconds: .max) }
        // The run was killed, and its devices with it.
        if let own { return own }
        let from = lastMoment - FaultsInForce.uncommitted
        return !isDrained && last >= from ? .init(program: .devices, from: from, end: lastMoment) : nil
    }
}

extension Observation.SealedLine {
    fileprivate var name: String { "record \(fields.sequence.number) of journal \(fields.journal.hex.prefix(8))" }

    /// The tags of its reads.
    fileprivate var tags: [TagNumber] {
        ((fields.reads ?? []) + [fields.read].compactMap { $0 }).compactMap {
            $0.tag.flatMap { TagNumber(recordText: $0) }
        }
    }
}

extension TagText {
    /// The number that a text is by this rule; nil: none.
    fileprivate func number(of text: String) -> TagNumber? {
        guard case .tag(let number) = content(of: Array(text.utf8)) else { return nil }
        return number
    }
}
