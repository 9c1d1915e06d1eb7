import Exchange
import Lane
import Station
import TagReader

/// I1: what was committed or acknowledged is in the journal after any crash.
extension SwarmCheck {
    mutating func checkCommitted() {
        let passages = Set(observation.records.compactMap { $0.fields.passageKey })
        for one in witness.committed {
            if let passage = one.passage {
                guard !passages.contains(passage), !damage.excuses(one.journal) else { continue }
                violate(
                    .i1, "a passage in lane \(passage.lane) whose commit had returned is in no record",
                    at: Self.elapsed(passage.start))
            } else if one.isSealed, record(one.journal, one.sequence)?.type != one.type,
                !damage.excuses(one.journal)
            {
                violate(.i1, "record \(one.sequence.number) (\(one.type)) was sealed and is not in its journal")
            }
        }
        for one in witness.decided where one.isCommitted {
            guard let journal = one.journal, let sequence = one.sequence else { continue }
            let record = record(journal, sequence)
            // What a new journal took over has another name there.
            guard record?.type != "passage", isCurrent(journal) || record != nil, !damage.excuses(journal) else {
                continue
            }
            violate(.i1, "a passage was decided before a commit that returned, and record \(sequence.number) is none")
        }
    }

    mutating func checkReads() {
        let found = FoundReads(observation.records, configuration)
        for read in witness.reads where !found.has(read) && !damage.excuses(read.journal) {
            violate(
                .i1, "a read of \(read.reader) whose commit had returned is in no record",
                at: read.at.map { $0 - VirtualClock.first })
        }
        // A reader has other messages than tags: its sign-on, reports, errors.
        let texts = Set(plan.vehicles.flatMap { $0.tags.map(\.text) })
        let rules = Dictionary(
            configuration.readers.map { ($0.settings.name, $0.settings.tagText) }, uniquingKeysWith: { a, _ in a })
        for message in witness.acknowledged where texts.contains(message.text) {
            guard case .tag(let number)? = rules[message.reader]?.content(of: Array(message.text.utf8)) else {
                continue
            }
            guard !found.has(number.recordText, of: message.reader, by: message.at),
                !damage.excusesWhatWasWritten(at: message.at)
            else { continue }
            violate(.i1, "\(message.reader) was told that a read was taken, and it is in no record", at: message.at)
        }
    }
}

/// The reads that records have, to be found by what was read.
struct FoundReads {
    private struct Entry {
        let first: Int64
        let last: Int64
    }

    private struct Key: Hashable {
        let reader: String
        /// Nil: there was no number.
        let tag: String?
    }

    private var entries: [Key: [Entry]] = [:]
    /// Times of passages that only count some of their reads, by reader.
    private var counted: [String: [Entry]] = [:]

    init(_ records: [Observation.SealedLine], _ configuration: StationConfiguration) {
        let readers = Dictionary(
            configuration.antennas.map { ($0.name, configuration.readers[$0.reader].settings.name) },
            uniquingKeysWith: { first, _ in first })
        for record in records.map(\.fields) {
            let start = record.time.mono
            for read in (record.reads ?? []) + [record.read].compactMap({ $0 }) {
                let reader = read.reader ?? read.antenna.flatMap { readers[$0] } ?? ""
                let first = record.type == "replayedRead" ? record.from?.mono ?? .min : start + (read.offset ?? 0)
                let last = record.type == "replayedRead" ? Int64.max : start + (read.last ?? read.offset ?? 0)
                let exact = record.type == "replayedRead" && record.start != nil
                entries[Key(reader: reader, tag: read.tag), default: []].append(
                    exact ? Entry(first: start, last: start) : Entry(first: first, last: last))
                if record.leftOut?.reads != nil {
                    let end = start + (record.end ?? 0)
                    counted[reader, default: []].append(Entry(first: min(first, start), last: max(last, end)))
                }
            }
        }
    }

    /// Whether a record accounts for it: as a read, as a repeat of one, or among those that it only counts.
    func has(_ read: Witness.DurableRead) -> Bool {
        guard let at = read.at?.nanoseconds else {
            return entries[Key(reader: read.reader, tag: read.tag)] != nil
        }
        let candidates = entries[Key(reader: read.reader, tag: read.tag)] ?? []
        return (candidates + (counted[read.reader] ?? [])).contains { $0.first <= at && at <= $0.last }
    }

    /// Whether a tag was read by a reader at that moment or before, or is among those that a passage of then only counts.
    func has(_ tag: String, of reader: String, by moment: Interval) -> Bool {
        let mono = (VirtualClock.first + moment).nanoseconds
        let candidates = entries[Key(reader: reader, tag: tag)] ?? []
        return candidates.contains { $0.first <= mono }
            || (counted[reader] ?? []).contains { $0.first <= mono && mono <= $0.last }
    }
}

extension RecordFields {
    /// Where and when a passage began; nil: it is none.
    var passageKey: Witness.PassageKey? {
        guard type == "passage", let lane, let start else { return nil }
        return .init(lane: lane, start: start.mono)
    }
}
