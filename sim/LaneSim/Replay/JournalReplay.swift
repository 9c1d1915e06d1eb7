import Exchange
import Lane
import Station

/// Derives every decision of an exported journal again. Two readings: what the journal says of clock, lists and chain first, for a
/// passage has its sequence before a change that comes while it is open.
struct JournalReplay: Sendable {
    private let configuration: StationConfiguration
    private let lists: ReplayLists
    private let isClear: Bool
    private var result = ReplayResult()
    private var timeline = ReplayTimeline()
    private var chain = ReplayChain()
    /// First 16 digits of configuration digests that are not ours, with how many records carry them.
    private var otherConfigurations: [String: Int] = [:]
    private var otherProfiles: [String: Int] = [:]
    /// Versions of the program that wrote the journal, where they are not ours.
    private var otherVersions: Set<String> = []

    init(_ configuration: StationConfiguration, _ lists: ReplayLists, isClear: Bool) {
        self.configuration = configuration
        self.lists = lists
        self.isClear = isClear
    }

    /// Replays the file at that path.
    ///
    /// - Parameter drivesLanes: drives the reads and edges through fresh lanes too.
    mutating func run(_ path: String, drivesLanes: Bool) throws -> ReplayResult {
        var lines = try JournalLines(path)
        while let entry = try lines.next() { survey(entry) }
        guard result.records > 0 else {
            throw CommandFailure(.badData, "\(path): no record in it; export it again (station journal export)")
        }
        timeline.sort()
        remark()
        let sources = ReplaySources(
            configuration: configuration, lists: lists, timeline: timeline, isClear: isClear)
        var lanes = drivesLanes ? LaneReplay(sources) : nil
        try lines.rewind()
        while let entry = try lines.next() {
            try derive(entry, path, sources)
            try lanes?.take(entry.fields)
        }
        if let found = try lanes?.differences() {
            result.add(found)
            result.lanePassages = lanes?.passages
            result.remarks += LaneReplay.limits
        }
        return result
    }

    // MARK: First reading

    private mutating func survey(_ entry: JournalLines.Entry) {
        let record = entry.fields
        result.records += 1
        chain.take(entry.line, record)
        timeline.note(record)
        if let digest = record.configuration, digest != configuration.digest.hex.prefix(16) {
            otherConfigurations[digest, default: 0] += 1
        }
        if let profile = record.profile, profile != configuration.lights.profile.name {
            otherProfiles[profile, default: 0] += 1
        }
        if record.event == "start", let version = record.version, version != Program.version {
            otherVersions.insert(version)
        }
        guard record.event == "listInForce", let name = record.listName, let version = record.list?.identity,
            let list = lists[name, version], list.digest != record.digest
        else { return }
        result.add([
            ReplayDifference(
                sequence: record.sequence.number, lane: nil, time: record.time.utc, what: .list,
                recorded: "digest \(record.digest?.hex.prefix(16) ?? "none")",
                derived: "digest \(list.digest.hex.prefix(16))",
                because: "the file given as \(name) \(version.text) is not the one that was put in force")
        ])
    }

    private mutating func remark() {
        (result.chainBreaks, result.chainBreakCount) = (chain.breaks, chain.breakCount)
        result.journals = chain.stretches.map {
            .init(station: $0.station, journal: $0.journal.hex, first: $0.first, last: $0.last)
        }
        for stretch in chain.stretches {
            if !stretch.isWholeFromTheStart {
                result.remarks.append(
                    "the export begins at record \(stretch.first): what was before it, and that record's own digest, cannot be checked"
                )
            }
            if stretch.station != configuration.station.id.number {
                result.remarks.append(
                    "the journal is station \(stretch.station)'s, the configuration station \(configuration.station.id.number)'s"
                )
            }
        }
        for version in otherVersions.sorted() {
            result.remarks.append("station \(version) wrote it, and this is \(Program.version)")
        }
        for (digest, count) in otherConfigurations.sorted(by: { $0.key < $1.key }) {
            result.remarks.append(
                "\(count) records were made under configuration \(digest), the one given is \(configuration.digest.hex.prefix(16)): what differs may come from that"
            )
        }
        for (profile, count) in otherProfiles.sorted(by: { $0.key < $1.key }) {
            result.remarks.append(
                "\(count) records were made under light profile \(profile); lights are shown by \(configuration.lights.profile.name)"
            )
        }
    }

    // MARK: Second reading

    private mutating func derive(_ entry: JournalLines.Entry, _ path: String, _ sources: ReplaySources) throws {
        let record = entry.fields
        switch record.type {
        case "passage":
            guard let facts = PassageFacts(record) else {
                throw CommandFailure(
                    .badData,
                    "\(path):\(entry.number): a passage without its decision, reads or edges; export it again")
            }
            result.passages += 1
            derive(record, facts, sources)
        case "strayRead": derive(stray: record, sources)
        default: result.others[record.type, default: 0] += 1
        }
    }

    private mutating func derive(_ record: RecordFields, _ facts: PassageFacts, _ sources: ReplaySources) {
        result.reads += facts.reads.count
        guard let settings = sources.settings(of: facts.lane) else {
            result.passagesNotDerived += 1
            result.readsNotDerived += facts.reads.count
            return result.add(missing: ["the configuration given has no lane \(facts.lane)"])
        }
        let derivation = PassageDerivation(record, facts, settings, sources)
        result.add(derivation.differences)
        result.add(missing: derivation.missing)
        result.readsNotDerived += derivation.reads.count { $0.missing != nil }
        result.triggersLateAtMost = max(result.triggersLateAtMost, derivation.latest.nanoseconds)
        if !derivation.differences.isEmpty {
            result.passagesDiffering += 1
        } else if derivation.missing.isEmpty {
            result.passagesEqual += 1
        } else {
            result.passagesNotDerived += 1
        }
    }

    private mutating func derive(stray record: RecordFields, _ sources: ReplaySources) {
        result.others[record.type, default: 0] += 1
        guard let read = record.read, let lane = record.lane, let settings = sources.settings(of: lane) else {
            return result.add(missing: ["a stray read's lane is not in the configuration given"])
        }
        result.reads += 1
        let derived = sources.judge(read, of: record, settings)
        if let reason = derived.missing {
            result.readsNotDerived += 1
            result.add(missing: [reason])
        }
        guard !derived.isEqual else { return }
        let other = derived.otherList
        result.add([
            ReplayDifference(
                sequence: record.sequence.number, lane: lane, time: record.time.utc,
                what: other == nil ? .judgement : .list,
                recorded: other?.recorded ?? derived.recorded?.word ?? "no outcome",
                derived: other?.derived ?? derived.read.first.judgement.outcome.word,
                because: "stray read \(read.id): \(derived.because)")
        ])
    }
}
