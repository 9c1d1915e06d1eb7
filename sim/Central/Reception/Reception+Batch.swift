import Exchange
import Lane

extension Reception.Batch {
    /// What a batch comes to at the position where its journal stands.
    enum Judged: Hashable {
        /// It repeats records whose digests must be read back first.
        case unknown(ClosedRange<Sequence>)
        /// What is new in it, if anything, and what its sender is told when that is durable.
        case known(Reception.Portion?, Reception.Answer)
    }

    func judged(at position: JournalPosition, pace: BatchAnswer.Pace?) -> Judged {
        guard !lines.isEmpty else { return .known(nil, .taken(position, rejected: [], pace: pace)) }
        let next = position.contiguous.next
        let start = firstSequence(at: position)
        guard start <= next else { return .known(nil, .refused(.gap, expected: next)) }
        if let range = unknown(from: start, upTo: position.contiguous) { return .unknown(range) }

        let previous = start == next ? position.digest : start.number == 1 ? .zero : known?.digest(behind: start.before)
        var walk = Reception.Walk(journal: journal, known: known, position: position, next: start, previous: previous)
        for line in lines {
            if let refused = walk.take(line) {
                return .known(walk.portion, .refused(refused, expected: walk.next))
            }
        }
        return .known(walk.portion, .taken(walk.position, rejected: walk.rejected, pace: pace))
    }

    /// The sequence of the first line. A record whose head cannot be read has the sequence of its place in the batch.
    private func firstSequence(at position: JournalPosition) -> Sequence {
        for (place, line) in lines.enumerated() {
            guard let sequence = RecordHead(scanning: line.body)?.sequence else { continue }
            return sequence.number > place ? Sequence(sequence.number - UInt64(place)) : Sequence(1)
        }
        // Not one head: either the batch goes on where the journal stands, or it repeats what ends there.
        let count = UInt64(lines.count)
        guard lines.last?.digest == position.digest, position.contiguous.number >= count else {
            return position.contiguous.next
        }
        return Sequence(position.contiguous.number - count + 1)
    }

    /// The stored records that this batch is compared with, from the one before its first; nil when they are read back.
    private func unknown(from start: Sequence, upTo contiguous: Sequence) -> ClosedRange<Sequence>? {
        guard start <= contiguous else { return nil }
        let end = lines.reduce(start) { next, line in (line.lost?.last ?? next).next }
        let last = min(end.before, contiguous)
        let from = start.number == 1 ? start : start.before
        return known?.covers(from...last) == true ? nil : from...last
    }
}

extension Reception {
    /// Goes along the lines of a batch, from a known digest on.
    fileprivate struct Walk {
        let journal: JournalName
        let known: Known?
        /// As it will be when what was taken is durable.
        var position: JournalPosition
        /// The sequence that the next line must have.
        var next: Sequence
        /// The digest that the next line must continue.
        var previous: Digest?
        var taken: [ReceivedRecord] = []
        var rejected: [Rejection] = []

        var portion: Portion? {
            taken.isEmpty ? nil : Portion(journal: journal, records: taken, position: position)
        }

        mutating func take(_ line: RecordLine) -> Refused? {
            let head = RecordHead(scanning: line.body)
            if let head, head.sequence != next { return .gap }
            guard let previous, Digest.chained(to: previous, body: line.body) == line.digest else { return .chain }
            let lost = head?.type == LostRecords.type ? LostRecords(body: line.body) : nil
            let behind = JournalPosition(contiguous: lost?.last ?? next, digest: lost?.digest ?? line.digest)
            if next <= position.contiguous {
                guard let stored = known?[next], stored.digest == line.digest else { return .chain }
                if let reason = stored.rejected { rejected.append(Rejection(sequence: next, reason: reason)) }
            } else {
                let reason = reasonToReject(head)
                if let reason { rejected.append(Rejection(sequence: next, reason: reason)) }
                taken.append(ReceivedRecord(sequence: next, type: head?.type ?? "", line: line, rejected: reason))
                position = behind
            }
            self.previous = behind.digest
            next = behind.contiguous.next
            return nil
        }

        private func reasonToReject(_ head: RecordHead?) -> Rejection.Reason? {
            guard let head else { return .head }
            if head.version != 1 { return .version }
            if head.station != journal.station { return .station }
            return head.journal == journal.journal ? nil : .journal
        }
    }
}

extension RecordLine {
    /// The records in whose place this one stands; few records are gaps, and no others are decoded.
    var lost: LostRecords? {
        RecordHead(scanning: body)?.type == LostRecords.type ? LostRecords(body: body) : nil
    }
}

extension Sequence {
    /// The one before; 0, which no record has, stays.
    fileprivate var before: Sequence { Sequence(number == 0 ? 0 : number - 1) }
}
