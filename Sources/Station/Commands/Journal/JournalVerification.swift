import Exchange
import Lane
import Sync

/// What `station journal verify` finds; with `--json` its members are the object's.
struct JournalVerification: Codable, Hashable {
    /// More problems than these have one cause, and nobody reads them.
    static let mostProblems = 100

    var file: String
    var journal: String
    /// The first record that is still here.
    var first: UInt64?
    var sealedUpTo: UInt64
    var acknowledgedUpTo: UInt64
    /// Records whose digest is that of their bytes.
    var verified = 0
    var open: Int
    var readsAlone: Int
    var photosWaiting: Int
    var rejected: Int
    /// Records in whose place a gap stands.
    var lost = 0
    var gaps: [String] = []
    var problems: [String] = []
    var problemsLeftOut = 0
    var isSound: Bool { problems.isEmpty }

    /// Reads the whole journal, record by record.
    init(
        of reader: borrowing JournalReader, at path: String, progress: (_ done: Int, _ total: Int) -> Void
    ) throws(JournalFailure) {
        let extent = try reader.extent()
        let counts = try reader.counts()
        file = path
        journal = reader.journal.hex
        first = extent.first?.number
        (sealedUpTo, acknowledgedUpTo) = (extent.sealedUpTo.number, extent.acknowledgedUpTo.number)
        (open, readsAlone) = (extent.open, extent.reads)
        (photosWaiting, rejected) = (counts.photosWaiting, counts.recordsRejected)
        for fault in try reader.faultsOfPages() { note("pages: \(fault)") }
        guard let first = extent.first, extent.sealedUpTo.number > 0 else { return }
        var check = ChainCheck(from: first, after: first.number == 1 ? .zero : nil)
        let total = Int(extent.sealedUpTo.number - first.number) + 1
        var next = first
        while next <= extent.sealedUpTo {
            let records = try reader.records(from: next)
            guard let last = records.last else { break }
            for record in records where record.sequence <= extent.sealedUpTo {
                guard let problem = check.take(record) else {
                    verified += 1
                    if let lost = record.lost { note(lost) }
                    continue
                }
                note("\(problem)")
            }
            next = last.next
            progress(Int(last.sequence.number - first.number) + 1, total)
        }
        if acknowledgedUpTo > sealedUpTo {
            note("central has acknowledged record \(acknowledgedUpTo), and the last that is here is \(sealedUpTo)")
        }
        var awaited = extent.sealedUpTo.next
        for record in try reader.openRecords(from: Sequence(1)) {
            if record.sequence != awaited {
                note("record \(record.sequence.number) is not sealed, where \(awaited.number) should be the next")
            }
            awaited = record.sequence.next
        }
    }

    private mutating func note(_ records: LostRecords) {
        lost += records.count
        if gaps.count < Self.mostProblems { gaps.append("\(records)") }
    }

    private mutating func note(_ problem: String) {
        if problems.count < Self.mostProblems { problems.append(problem) } else { problemsLeftOut += 1 }
    }

    /// For people.
    var lines: [String] {
        let range = first.map { "records \($0) to \(max(sealedUpTo, $0))" } ?? "no records"
        let before = (first ?? 1) > 1 ? ", those before are past retention" : ""
        return [
            "journal   \(journal), \(file)",
            "sealed    \(range)\(before); at central up to \(acknowledgedUpTo)",
            "verified  \(verified) records: each digest is that of the record before and of the record's own bytes",
            "open      \(open) records are not sealed, \(readsAlone) reads are in no record yet",
            "waiting   \(photosWaiting) photos; \(rejected) records were rejected by central",
        ] + gaps.map { "gap       \($0)" } + problems.map { "damaged   \($0)" }
            + (problemsLeftOut > 0 ? ["damaged   and \(problemsLeftOut) more"] : [])
            + [isSound ? "good" : "not good: keep this file, and see \"When something is damaged\" in OPERATING.md"]
    }
}
