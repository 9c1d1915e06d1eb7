import Central
import Exchange
import Lane

/// A batch of records, as the central server's reception takes it.
struct BatchFuzz {
    private var reception = Reception(positions: [:])
    private var stored: [Reception.ReceivedRecord] = []
    private var requests: UInt64 = 0

    private static let journal = JournalName(station: StationID(42), journal: JournalID(high: 0, low: 1))
    /// More are not needed to find what one more would.
    private static let mostLines = 40

    /// What is stored is an unbroken chain from 1, and the same batch once more changes nothing.
    ///
    /// - Parameter bytes: bodies, a line each. Nobody but the sender can make their digests, so that they are made here; one
    ///   that begins with `!` gets a wrong one.
    static func deliver(_ bytes: [UInt8]) throws {
        let lines = chained(bytes)
        var central = BatchFuzz()
        let first = try central.deliver(lines)
        try central.checkStored()
        let stored = central.stored
        let second = try central.deliver(lines)
        try Finding.unless(central.stored == stored, "a batch that came twice was stored twice")
        if case .taken(let position, let rejected, _) = first {
            try Finding.unless(position == (stored.last?.position ?? .start), "said to be durable, and is not")
            try Finding.unless(second == .taken(position, rejected: rejected, pace: nil), "once more, another answer")
        }
        // In two halves it is the same journal, unless a half ends before what is refused.
        var halves = BatchFuzz()
        _ = try halves.deliver(Array(lines.prefix(lines.count / 2)))
        _ = try halves.deliver(Array(lines.dropFirst(lines.count / 2)))
        try halves.checkStored()
    }

    private static func chained(_ bytes: [UInt8]) -> [RecordLine] {
        var digest = Digest.zero
        return bytes.split(separator: UInt8(ascii: "\n")).prefix(mostLines).compactMap { line in
            let isWrong = line.first == UInt8(ascii: "!")
            let body = Array(isWrong ? line.dropFirst() : line)
            let sealed = RecordLine(digest: isWrong ? .zero : .chained(to: digest, body: body), body: body)
            guard let taken = try? RecordLine(parsing: sealed.bytes) else { return nil }
            digest = taken.digest
            return taken
        }
    }

    private func checkStored() throws(Finding) {
        var position = JournalPosition.start
        for record in stored {
            try Finding.unless(record.sequence == position.contiguous.next, "a sequence that is no unbroken one")
            try Finding.unless(record.line.follows(position.digest), "a record that does not continue the chain")
            position = record.position
        }
    }

    /// One request, with a store that does what it is asked at once.
    private mutating func deliver(_ lines: [RecordLine]) throws(Finding) -> Reception.Answer {
        requests += 1
        var actions = reception.handle(.batch(RequestID(requests), Self.journal, lines))
        var answers: [Reception.Answer] = []
        while !actions.isEmpty {
            switch actions.removeFirst() {
            case .answer(_, let answer): answers.append(answer)
            case .commit(let number, let portions):
                stored += portions.flatMap(\.records)
                actions += reception.handle(.committed(number))
            case .recall(let request, _, let range):
                let known = stored.filter {
                    $0.sequence <= range.upperBound && $0.position.contiguous >= range.lowerBound
                }
                let answer = known.map {
                    Reception.KnownRecord(digest: $0.line.digest, rejected: $0.rejected, lost: $0.lost)
                }
                let from = known.first?.sequence ?? range.lowerBound
                actions += reception.handle(.recalled(request, from: from, answer))
            case .findPhoto, .keepPhoto: throw Finding("a photo came of records")
            }
        }
        guard let answer = answers.first, answers.count == 1 else {
            throw Finding("one request, \(answers.count) answers")
        }
        return answer
    }
}
