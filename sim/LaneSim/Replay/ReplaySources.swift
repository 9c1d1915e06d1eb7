import Exchange
import Lane
import Lights
import Station

/// What decisions are derived from beside the record itself: the configuration, the lists, and what the journal says of clock and list.
struct ReplaySources: Sendable {
    let configuration: StationConfiguration
    let lists: ReplayLists
    let timeline: ReplayTimeline
    /// Whether tag numbers are shown.
    let isClear: Bool

    /// Looks at the clock lie apart by what it is slewed meanwhile: less than a step, which is 200 ms.
    static let clockTolerance = Interval.milliseconds(200)
    /// How much later than it was heard a read can have been looked up, beside the lane's `readerDelay`: the record does not say the
    /// moment. A decision thread that has no turn for longer is ended by its watchdog.
    static let lookUpWithin = Interval.seconds(5)

    /// A lane's settings; nil when the configuration has no such lane.
    func settings(of lane: UInt8) -> LaneSettings? {
        configuration.lanes.first { $0.lane.number == lane }
    }

    func light(for outcome: Outcome) -> String {
        let profile = configuration.lights.profile
        return profile.word(for: profile.aspect(for: outcome))
    }

    /// A tag for people: personal data, so its system and its count of digits unless they asked for more.
    func text(of tag: TagNumber?) -> String {
        guard let tag else { return "none" }
        guard !isClear else { return tag.recordText }
        return "\(tag.recordText.prefix { $0 != ":" }):\(tag.characters.count)-digits"
    }
}

/// A read that was judged again.
struct ReadDerivation: Sendable {
    /// As the record has it, with the derived judgement.
    let read: Passage.Read
    /// What the record says that it came to.
    let recorded: Outcome?
    /// Nil when it is derived; else what is missing to do so, and the recorded judgement stands in for it.
    let missing: String?
    /// Nil when the list in force was the one that the read names.
    let otherList: (recorded: String, derived: String)?
    let because: String

    var isEqual: Bool { recorded == read.first.judgement.outcome && otherList == nil }
}

extension ReplaySources {
    /// Judges a read again: by the list that the record names, at the time at which it was heard.
    func judge(_ read: RecordFields.Read, of record: RecordFields, _ settings: LaneSettings) -> ReadDerivation {
        let start = Instant(nanoseconds: record.time.mono)
        let at = start + Interval(nanoseconds: read.offset ?? 0)
        let recorded = read.outcome.flatMap { Outcome(word: $0) }
        func made(
            _ content: TagRead.Content, missing: String? = nil, otherList: (String, String)? = nil, _ because: String
        ) -> ReadDerivation {
            let antenna = configuration.antennas.first { $0.name == read.antenna }?.number ?? AntennaNumber(0)
            let first = TagRead(id: ReadID(read.id), at: at, antenna: antenna, content: content)
            var whole = Passage.Read(first, decidedElsewhere: read.elsewhere ?? false)
            whole.repeats = read.repeats ?? 0
            whole.last = start + Interval(nanoseconds: read.last ?? read.offset ?? 0)
            return ReadDerivation(
                read: whole, recorded: recorded, missing: missing, otherList: otherList, because: because)
        }
        guard let text = read.tag else {
            return recorded == .malformed
                ? made(.malformed, "a number that breaks its system's rules")
                : made(.unreadable, "a read without a number can only be unreadable or malformed")
        }
        guard let tag = TagNumber(recordText: text) else {
            return made(.unreadable, missing: "the tag of read \(read.id) is of no system that is known", "")
        }
        let until = at + settings.readerDelay + Self.lookUpWithin
        let other = otherList(read.list?.identity, from: at, to: until, in: record.boot)
        if let refusal = configuration.issuers.refusal(of: tag, by: read.list?.identity) {
            return made(
                .tag(tag, Judgement(of: refusal, at: nil)), otherList: other,
                "the [issuer] sections: \(refusal.refusalWords)")
        }
        guard let version = read.list?.identity else {
            return made(.tag(tag, Judgement(of: .noList, at: nil)), otherList: other, "no list was in force")
        }
        let name = record.listName ?? ""
        guard let list = lists[name, version] else {
            return made(
                .tag(tag, Judgement(recorded ?? .unjudged, by: version)),
                missing: "list \(name) \(version.text) is not given", otherList: other, "")
        }
        let answer = list.answer(for: tag)
        let judgements = [at, at - Self.clockTolerance, until].map { Judgement(of: answer, at: civil($0, record)) }
        let judgement = judgements.first { $0.outcome == recorded } ?? judgements[0]
        return made(.tag(tag, judgement), otherList: other, "list \(name) \(version.text) \(answer.words)")
    }

    /// The civil time by which validity dates were held to; nil while the clock was not good.
    func civil(_ moment: Instant, _ record: RecordFields) -> UTC? {
        timeline.clock(at: moment, in: record.boot).flatMap { $0.isGood ? $0.utc : nil }
    }

    /// What the journal says of the list in force, where that is not what the read says.
    private func otherList(
        _ recorded: ListVersion?, from: Instant, to: Instant, in boot: String
    ) -> (recorded: String, derived: String)? {
        let known = timeline.lists(from: from, to: to, in: boot)
        let named = recorded.map { ReplayTimeline.InForce.list($0) } ?? .none
        guard !known.contains(.unknown), !known.contains(named), let first = known.first else { return nil }
        return (named.words, first.words)
    }
}

extension ReplayTimeline.InForce {
    /// For people.
    fileprivate var words: String {
        switch self {
        case .unknown: "not known"
        case .none: "no list"
        case .list(let version): version.text
        }
    }
}

extension ListAnswer {
    /// Why the list was not asked.
    fileprivate var refusalWords: String {
        switch self {
        case .malformed: "its check digit is wrong, and they demand it"
        case .issuerNotAccepted: "its issuer is not accepted"
        case .noList, .denied, .absent, .entry: "none"
        }
    }

    /// What the list says, to go after its name.
    fileprivate var words: String {
        switch self {
        case .noList: "is not there"
        case .malformed: "was not asked"
        case .denied: "denies the tag"
        case .issuerNotAccepted: "does not accept its issuer"
        case .absent: "does not name the tag"
        case .entry(let agreement, _):
            "has it as \(agreement.status)" + (agreement.validFrom.map { " from \($0.text)" } ?? "")
                + (agreement.validUntil.map { " until \($0.text)" } ?? "")
        }
    }
}
