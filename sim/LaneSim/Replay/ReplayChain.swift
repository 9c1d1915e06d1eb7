import Exchange
import Lane

/// Follows the chain of each journal in an export, digest by digest.
struct ReplayChain: Sendable {
    /// Where one journal stands.
    struct Stretch: Hashable, Sendable {
        let station: UInt32
        let journal: JournalID
        let first: UInt64
        var last: UInt64
        fileprivate var digest: Digest
        /// Whether the first record's own digest could be checked: only record 1 has a predecessor that is known.
        var isWholeFromTheStart: Bool { first == 1 }
    }

    /// In the order of the file; an export of a station has one, one of a central server one for each station.
    private(set) var stretches: [Stretch] = []
    /// Each place where it is broken, in words, at the most `mostBreaks`.
    private(set) var breaks: [String] = []
    private(set) var breakCount = 0

    /// More broken places than these are counted only.
    static let mostBreaks = 100

    /// Takes the next record.
    mutating func take(_ line: RecordLine, _ fields: RecordFields) {
        let sequence = fields.sequence.number
        guard let last = stretches.last, last.station == fields.station, last.journal == fields.journal else {
            stretches.append(
                Stretch(
                    station: fields.station, journal: fields.journal, first: sequence,
                    last: fields.lost?.last.number ?? sequence, digest: fields.lost?.digest ?? line.digest))
            if sequence == 1, !line.follows(.zero) { say("record 1 is not as it was sealed: its digest is wrong") }
            return
        }
        let expected = last.last + 1
        if sequence != expected {
            say(
                sequence > expected
                    ? "records \(expected) to \(sequence - 1) are missing"
                    : "record \(sequence) comes after record \(last.last)")
        } else if !line.follows(last.digest) {
            say("record \(sequence) is not as it was sealed, or the one before it is not: its digest is wrong")
        }
        stretches[stretches.count - 1].last = fields.lost?.last.number ?? sequence
        stretches[stretches.count - 1].digest = fields.lost?.digest ?? line.digest
    }

    private mutating func say(_ text: String) {
        breakCount += 1
        if breaks.count < Self.mostBreaks { breaks.append(text) }
    }
}
