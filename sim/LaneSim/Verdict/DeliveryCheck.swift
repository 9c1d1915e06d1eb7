import Exchange
import Lane

/// The station's journal held against what the central server has: the chain whole, each record there once, byte for byte, in its
/// order, and each read in one record.
struct DeliveryCheck {
    /// Passages of the journal that the central server has.
    private(set) var delivered = 0
    /// Records at the central server that are not the journal's next one.
    private(set) var outOfOrder = 0
    /// What the central server was told that it will never have.
    private(set) var gaps: [(journal: JournalID, lost: LostRecords)] = []
    /// What is wrong, in words.
    private(set) var troubles: [String] = []
    /// What is wrong with the station's journals alone, in words.
    private(set) var ofJournal: [String] = []

    init(_ observation: Observation) {
        checkChain(observation.records)
        checkReads(observation.records + observation.salvaged)
        ofJournal = troubles
        compare(observation.records, observation.salvaged, observation.atCentral)
        checkPhotos(observation)
    }

    private mutating func checkChain(_ records: [Observation.SealedLine]) {
        var previous: (journal: JournalID, digest: Digest)?
        for record in records {
            // A new journal begins a new chain.
            let before = previous.flatMap { $0.journal == record.fields.journal ? $0.digest : nil } ?? .zero
            if !record.line.follows(before) {
                troubles.append(
                    "record \(record.fields.sequence.number) of the station's journal does not follow the one before it"
                )
            }
            previous = (record.fields.journal, record.fields.lost?.digest ?? record.line.digest)
        }
    }

    private mutating func checkReads(_ records: [Observation.SealedLine]) {
        var seen: [ReadName: Int] = [:]
        for (place, record) in records.enumerated() {
            for read in (record.fields.reads ?? []) + [record.fields.read].compactMap({ $0 }) {
                let name = ReadName(journal: record.fields.journal, id: read.id)
                if let before = seen.updateValue(place, forKey: name) {
                    troubles.append("read \(read.id) is in two records, \(records[before].words) and \(record.words)")
                }
            }
        }
    }

    private struct ReadName: Hashable {
        let journal: JournalID
        let id: UInt64
    }

    /// The central server has of each journal the records from the first one on, each as it was sealed.
    private mutating func compare(
        _ records: [Observation.SealedLine], _ salvaged: [Observation.SealedLine], _ central: [RecordLine]
    ) {
        var places: [RecordLine: Int] = [:]
        let salvaged = Dictionary(salvaged.map { ($0.line, $0.fields) }, uniquingKeysWith: { first, _ in first })
        var journals: [JournalID: [Int]] = [:]
        for (place, record) in records.enumerated() {
            places[record.line] = place
            journals[record.fields.journal, default: []].append(place)
        }
        var next: [JournalID: Int] = [:]
        for line in central {
            guard let place = places[line] else {
                // A gap stands in the place of records that the station could not deliver any more.
                if let fields = RecordFields(body: line.body), let lost = fields.lost,
                    lost.first.number == UInt64(next[fields.journal, default: 0] + 1)
                {
                    next[fields.journal] = Int(lost.last.number)
                    gaps.append((fields.journal, lost))
                } else if let fields = salvaged[line],
                    fields.sequence.number == UInt64(next[fields.journal, default: 0] + 1)
                {
                    next[fields.journal, default: 0] += 1
                    if fields.type == "passage" { delivered += 1 }
                } else {
                    outOfOrder += 1
                }
                continue
            }
            let journal = records[place].fields.journal
            let expected = journals[journal]?.dropFirst(next[journal, default: 0]).first
            guard expected == place else {
                outOfOrder += 1
                continue
            }
            next[journal, default: 0] += 1
            if records[place].fields.type == "passage" { delivered += 1 }
        }
    }

    /// When all is at rest the photos that records name have arrived, and none is left behind.
    private mutating func checkPhotos(_ observation: Observation) {
        guard observation.restedAt != nil, observation.atCentral.count == observation.records.count else { return }
        let named = observation.records.flatMap { $0.fields.photos ?? [] }.compactMap(\.digest)
        if named.count != observation.photosAtCentral.count {
            troubles.append(
                "\(named.count) photos are in records, \(observation.photosAtCentral.count) are at the central server")
        } else if named.map(\.hex).sorted() != observation.photosAtCentral.map(\.hex).sorted() {
            troubles.append("photos at the central server are not those that the records name")
        }
        if observation.photosLeft > 0 {
            troubles.append("\(observation.photosLeft) photos are left on the station's disk")
        }
    }
}

extension Observation.SealedLine {
    /// `7 (passage)`
    fileprivate var words: String { "\(fields.sequence.number) (\(fields.type))" }
}
