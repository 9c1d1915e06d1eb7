import Exchange
import Lane
import Station

/// Holds what came out of a run against what the world saw of it: each invariant apart from how the station sees to it.
struct SwarmCheck {
    /// Of one invariant, more than these are only counted: one mistake is found a thousand times.
    static let mostOfOne = 5

    let scenario: Scenario
    let plan: RoadPlan
    let observation: Observation
    /// The first that it was started with; all of them have the same devices.
    let configuration: StationConfiguration
    /// What damage to files excuses.
    var damage: DamageExcuse
    var witness: Witness { observation.witness }
    /// What the central server was told that it will never have.
    var gaps: [(journal: JournalID, lost: LostRecords)] = []
    /// The records of each journal, in the order of journals.
    let journals: [(id: JournalID, records: Range<Int>)]
    private(set) var violations: [Violation] = []
    private var counts: [Invariant: Int] = [:]

    init(_ scenario: Scenario, _ plan: RoadPlan, _ observation: Observation) {
        self.scenario = scenario
        self.plan = plan
        self.observation = observation
        configuration = scenario.site.configuration
        journals = Self.journals(of: observation.records)
        damage = DamageExcuse(observation)
        checkCommitted()
        checkReads()
        checkDelivery()
        checkOnce()
        checkDeletion()
        checkPhotos()
        checkDerivation()
        checkLists()
        checkLimits()
        checkRest()
        checkLamps()
        checkLights()
        checkNumbers()
        checkDamage()
        for (invariant, count) in counts.sorted(by: { $0.key.rawValue < $1.key.rawValue })
        where count > Self.mostOfOne {
            violations.append(
                Violation(invariant: invariant, at: nil, words: "and \(count - Self.mostOfOne) more of this invariant"))
        }
    }

    mutating func violate(_ invariant: Invariant, _ words: String, at moment: Interval? = nil) {
        counts[invariant, default: 0] += 1
        guard counts[invariant, default: 0] <= Self.mostOfOne else { return }
        violations.append(Violation(invariant: invariant, at: moment, words: words))
    }

    private static func journals(of records: [Observation.SealedLine]) -> [(id: JournalID, records: Range<Int>)] {
        var journals: [(id: JournalID, records: Range<Int>)] = []
        for (place, record) in records.enumerated() {
            if let last = journals.last, last.id == record.fields.journal {
                journals[journals.count - 1].records = last.records.lowerBound..<place + 1
            } else {
                journals.append((record.fields.journal, place..<place + 1))
            }
        }
        return journals
    }

    /// A record by its name.
    func record(_ journal: JournalID, _ sequence: Sequence) -> RecordFields? {
        guard let range = journals.first(where: { $0.id == journal })?.records, sequence.number > 0,
            sequence.number <= UInt64(range.count)
        else { return nil }
        return observation.records[range.lowerBound + Int(sequence.number) - 1].fields
    }

    /// The last journal is the one that the station has; the others were set aside.
    func isCurrent(_ journal: JournalID) -> Bool { journals.last?.id == journal }

    /// What the station was started with last, at a moment.
    func configuration(at moment: Interval) -> StationConfiguration {
        scenario.site.configurations[witness.configured.last { $0.at <= moment }?.number ?? 0]
    }

    /// A moment of the station's monotonic clock.
    static func elapsed(_ mono: Int64) -> Interval { Instant(nanoseconds: mono) - VirtualClock.first }
}
