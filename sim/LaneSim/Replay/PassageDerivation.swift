import Exchange
import Lane

/// Derives the decisions of one passage again, from what its record holds (I4), and keeps what differs.
struct PassageDerivation: Sendable {
    let sources: ReplaySources
    let settings: LaneSettings
    let record: RecordFields
    let facts: PassageFacts
    /// In the order in which the lane gave them to the vehicle.
    let reads: [ReadDerivation]
    private(set) var differences: [ReplayDifference] = []
    /// What cannot be derived, and why; the passage is then not called equal.
    private(set) var missing: [String] = []
    /// How long after its moment a camera fired, at the most.
    var latest = Interval.zero

    /// Derives everything.
    init(_ record: RecordFields, _ facts: PassageFacts, _ settings: LaneSettings, _ sources: ReplaySources) {
        self.sources = sources
        self.settings = settings
        self.record = record
        self.facts = facts
        reads = facts.reads.map { sources.judge($0, of: record, settings) }
        for read in reads { compare(read) }
        compareDecisions()
        // When and where a camera fires follows from the decision: one that is derived otherwise is shown once.
        if !differences.contains(where: { [.judgement, .decision, .earlier].contains($0.what) }) { compareTriggers() }
    }

    /// The reads as the lane held them, with the derived judgements.
    var held: [Passage.Read] { reads.map(\.read) }

    mutating func differ(
        _ what: ReplayDifference.What, recorded: String, derived: String, because: String
    ) {
        differences.append(
            ReplayDifference(
                sequence: record.sequence.number, lane: record.lane, time: record.time.utc, what: what,
                recorded: recorded, derived: derived, because: because))
    }

    private mutating func compare(_ read: ReadDerivation) {
        let id = "read \(read.read.first.id.number)"
        if let reason = read.missing { missing.append(reason) }
        if let other = read.otherList {
            differ(
                .list, recorded: other.recorded, derived: other.derived,
                because: "\(id) names another list than the journal says was in force")
        }
        let outcome = read.read.first.judgement.outcome
        if read.recorded != outcome {
            differ(
                .judgement, recorded: "\(id) \(read.recorded?.word ?? "no outcome")", derived: outcome.word,
                because: read.because)
        }
    }

    // MARK: Decisions

    private mutating func compareDecisions() {
        let first = facts.earlier ?? facts.decision
        guard let known = first.of else {
            missing.append("the record does not say how many reads its decision was made of: another version wrote it")
            return
        }
        guard facts.leftOut?.reads == nil || known < Passage.mostReads else {
            missing.append("its decision was made of more reads than a record keeps")
            return
        }
        let derived = decision(of: known, standing: first)
        let revision = held.revision(of: derived.outcome, madeOf: known)
        if let earlier = facts.earlier {
            compare(.earlier, earlier, derived)
            guard let revision else {
                return differ(
                    .decision, recorded: "revised", derived: "not revised", because: "no later read revises \(derived)")
            }
            compareFinal(decision(of: revision, standing: facts.decision), madeOf: revision, isRevised: true)
        } else if let revision, !facts.isCut {
            let late = decision(of: revision, standing: facts.decision)
            compareFinal(late, madeOf: revision, isRevised: true)
        } else {
            compareFinal(derived, madeOf: known, isRevised: false)
        }
        compareTime(of: first, derived)
    }

    /// What the first `known` reads come to. Whether the reader was down, only the recorded outcome says.
    private func decision(of known: Int, standing: RecordFields.Decision) -> DerivedDecision {
        if let read = Array(held.prefix(known)).deciding {
            return DerivedDecision(outcome: read.judgement.outcome, tag: read.tag, list: read.judgement.list)
        }
        let isDown = standing.outcome == Outcome.readerDown.word
        return DerivedDecision(outcome: isDown ? .readerDown : .noTag, tag: nil, list: nil)
    }

    private mutating func compare(
        _ what: ReplayDifference.What, _ recorded: RecordFields.Decision, _ derived: DerivedDecision
    ) {
        let outcome = Outcome(word: recorded.outcome)
        let decider = because(derived)
        guard outcome == derived.outcome else {
            return differ(
                what, recorded: lit(recorded.outcome, outcome), derived: lit(derived.outcome.word, derived.outcome),
                because: decider)
        }
        if recorded.tag.flatMap({ TagNumber(recordText: $0) }) != derived.tag {
            differ(
                .tag, recorded: text(of: recorded.tag.flatMap { TagNumber(recordText: $0) }),
                derived: text(of: derived.tag), because: decider)
        }
        if recorded.list?.identity != derived.list {
            differ(
                .list, recorded: recorded.list?.identity.text ?? "no list", derived: derived.list?.text ?? "no list",
                because: "the list of the read that decides")
        }
        if recorded.resultOp != derived.outcome.resultOp || recorded.resultFin != derived.outcome.resultFin {
            differ(
                .codes, recorded: codes(recorded.resultOp, recorded.resultFin),
                derived: codes(derived.outcome.resultOp, derived.outcome.resultFin),
                because: "the codes of \(derived.outcome.word)")
        }
    }

    private mutating func compareFinal(_ derived: DerivedDecision, madeOf known: Int, isRevised: Bool) {
        compare(.decision, facts.decision, derived)
        if let recorded = facts.decision.of, recorded != known {
            differ(
                .decision, recorded: "made of \(recorded) reads", derived: "made of \(known)",
                because: "the first late read that revises is number \(known)")
        }
        compareFlags(derived.outcome, isRevised: isRevised)
    }

    /// What is not approved waits for `decideAt`: an approved tag beside it would decide.
    private mutating func compareTime(of first: RecordFields.Decision, _ derived: DerivedDecision) {
        let due = LaneWindows(settings.geometry).decision
        guard !facts.isWithoutDetector, !facts.isCut, !derived.outcome.isApproval,
            first.outcome == derived.outcome.word
        else { return }
        let offset = Interval(nanoseconds: first.offset)
        guard offset < due else { return }
        differ(
            .time, recorded: "\(offset.milliseconds) ms", derived: "\(due.milliseconds) ms",
            because: "\(derived.outcome.word) is decided when the fastest vehicle is at decideAt")
    }

    // MARK: Words

    /// An outcome with its light; a vehicle that went the wrong way is shown none.
    private func lit(_ word: String, _ outcome: Outcome?) -> String {
        guard let outcome, !facts.has(.wrongWay) else { return word }
        return "\(word) (\(sources.light(for: outcome)))"
    }

    private func because(_ derived: DerivedDecision) -> String {
        guard let tag = derived.tag, let read = reads.first(where: { $0.read.first.tag == tag }) else {
            return derived.outcome == .noTag ? "none of its reads decides" : "the read that decides has no number"
        }
        return "read \(read.read.first.id.number) decides" + (read.because.isEmpty ? "" : ": \(read.because)")
    }

    /// A tag by its read: two numbers that are not shown would look the same.
    private func text(of tag: TagNumber?) -> String {
        let read = tag.flatMap { tag in reads.first { $0.read.first.tag == tag } }
        return (read.map { "read \($0.read.first.id.number), " } ?? "") + sources.text(of: tag)
    }

    private func codes(_ op: UInt8?, _ fin: UInt8?) -> String {
        "\(op.map { "\($0)" } ?? "-")/\(fin.map { String($0, radix: 16, uppercase: true) } ?? "-")"
    }
}

/// What a decision comes to when it is derived again.
struct DerivedDecision: Hashable, Sendable, CustomStringConvertible {
    let outcome: Outcome
    let tag: TagNumber?
    let list: ListVersion?

    var description: String { outcome.word }
}
