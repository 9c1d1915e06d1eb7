import Central
import Exchange
import Lane

/// The central server without HTTP and disk: its own rules for what it takes, with a store in memory.
struct VirtualCentral {
    private var reception = Reception(positions: [:])
    private var records: [JournalName: [Reception.ReceivedRecord]] = [:]
    private var kept: [Central.PhotoName: Digest] = [:]
    private var requests: UInt64 = 0
    /// Records in the order of their coming.
    private(set) var taken: [RecordLine] = []
    /// What is broken on purpose.
    var canary: Canary?
    private var news: [(journal: JournalID, upTo: Sequence)] = []
    /// Photos in the order of their coming.
    private(set) var photos: [Digest] = []

    /// Restored from a backup: of this journal it has the records up to there.
    ///
    /// - Returns: how many records are gone.
    mutating func goBack(_ journal: JournalName, to last: Int) -> Int {
        guard let all = records[journal], last < all.count else { return 0 }
        let lost = Set(all[last...].map(\.line))
        records[journal] = Array(all[..<last])
        taken.removeAll { lost.contains($0) }
        begin(journal)
        return lost.count
    }

    /// Has one record more of this journal than anybody sent.
    mutating func goAhead(_ journal: JournalName) {
        guard var all = records[journal], let last = all.last else { return }
        let body = Array("{}".utf8)
        let line = RecordLine(digest: .chained(to: last.position.digest, body: body), body: body)
        all.append(.init(sequence: last.position.contiguous.next, type: "event", line: line, rejected: .head))
        records[journal] = all
        begin(journal)
    }

    /// How many records of a journal it has.
    func count(of journal: JournalName) -> Int { records[journal]?.count ?? 0 }

    /// Starts again over what is stored.
    private mutating func begin(_ journal: JournalName) {
        var positions = reception.positions
        positions[journal] = records[journal]?.last?.position ?? .start
        reception = Reception(positions: positions)
    }

    mutating func position(of journal: JournalName) -> Reception.Answer { ask { .positionAsked($0, journal) } }

    mutating func deliver(_ lines: [RecordLine], of journal: JournalName) -> Reception.Answer {
        ask { .batch($0, journal, lines) }
    }

    mutating func deliver(_ photo: Central.PhotoName, digest: Digest) -> Reception.Answer {
        ask { .photo($0, photo, digest) }
    }

    /// How far which journal has come since this was asked last.
    mutating func takeNews() -> [(journal: JournalID, upTo: Sequence)] {
        defer { news = [] }
        return news
    }

    private mutating func ask(_ event: (RequestID) -> Reception.Event) -> Reception.Answer {
        requests += 1
        let request = RequestID(requests)
        var work = reception.handle(event(request))[...]
        while let action = work.popFirst() {
            if case .answer(request, let answer) = action { return answer }
            if let event = carryOut(action) { work += reception.handle(event) }
        }
        preconditionFailure("the reception answers each request when its store has")
    }

    private mutating func carryOut(_ action: Reception.Action) -> Reception.Event? {
        switch action {
        case .answer: return nil
        case .commit(let number, let portions):
            for portion in portions {
                records[portion.journal, default: []] += portion.records
                taken += portion.records.map(\.line)
                spoil()
                news.append((portion.journal.journal, portion.position.contiguous))
            }
            return .committed(number)
        case .recall(let request, let journal, let range):
            let all = records[journal] ?? []
            let known = all.filter { $0.sequence <= range.upperBound && $0.position.contiguous >= range.lowerBound }
            return .recalled(
                request, from: known.first?.sequence ?? range.lowerBound,
                known.map { .init(digest: $0.line.digest, rejected: $0.rejected, lost: $0.lost) })
        case .findPhoto(let request, let photo): return .photoFound(request, finding(of: photo))
        case .keepPhoto(let request, let photo, let digest):
            kept[photo] = digest
            photos.append(digest)
            return .photoKept(request)
        }
    }

    /// What a canary does to the record that came last, one time in twenty.
    private mutating func spoil() {
        guard let canary, taken.count % 20 == 0, let last = taken.last else { return }
        switch canary {
        case .recordDoubled: taken.append(last)
        case .recordsSwapped: taken.swapAt(taken.count - 1, taken.count - 2)
        case .retryRenumbered:
            let text = String(decoding: last.body, as: UTF8.self).replacing("\"sequence\":", with: "\"sequence\":1")
            taken[taken.count - 1] = RecordLine(digest: last.digest, body: Array(text.utf8))
        default: break
        }
    }

    private func finding(of photo: Central.PhotoName) -> Reception.PhotoFinding {
        let all = records[photo.journal] ?? []
        let record = all.last { $0.sequence == photo.sequence && $0.type == StoredPassage.type }
        return Reception.PhotoFinding(
            kept: kept[photo], record: record.map { StoredPassage.photos(by: photo.camera, in: $0.line.bytes) })
    }
}
