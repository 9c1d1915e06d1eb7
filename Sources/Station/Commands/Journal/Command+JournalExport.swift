import Exchange
import Lane
import Sync

extension Command {
    /// `station journal export`
    static let journalExport = Command(
        "journal export", "print the sealed records of the journal",
        help: """
            usage: station journal export [FILE] [--from N]

            Prints the sealed records, from the first or from record N on, a line each, exactly as they go to the
            central server: {"digest":…,"body":…}. Each digest is BLAKE2b-256 over the digest before it (64 zeros
            before the first) and the body. Records hold tag numbers: they are personal data. The station may run.
            A damaged record is named on standard error and left out; the exit code is then 65.

            example: station journal export --from 100 > records.ndjson
            """,
        options: ["--from"], plain: 1
    ) { arguments in
        let configuration = try StationCommands.configuration(arguments)
        guard let from = arguments["--from"].map(UInt64.init) ?? 1, from > 0 else {
            throw Arguments.UsageError("--from takes a record's number, 1 or more")
        }
        do throws(JournalFailure) {
            let reader = try JournalReader(folder: configuration.station.stateFolder)
            var next = Sequence(from)
            var check: ChainCheck?
            var problems = 0
            while true {
                let records = try reader.records(from: next)
                guard let last = records.last else { break }
                for record in records {
                    if check == nil {
                        let previous = try reader.digest(of: Sequence(record.sequence.number - 1))
                        check = ChainCheck(from: record.sequence, after: previous)
                    }
                    if let problem = check?.take(record) {
                        Terminal.complain("journal: \(problem)")
                        problems += 1
                        switch problem {
                        case .damaged, .swapped: continue
                        case .unproved, .missing: break
                        }
                    }
                    Terminal.print(String(decoding: record.line.bytes.dropLast(), as: UTF8.self))
                }
                next = last.next
            }
            guard problems > 0 else { return .ok }
        } catch {
            throw CommandFailure(error.isDamage ? .badData : .inputOutput, "\(error)")
        }
        throw CommandFailure(.badData, "the journal is damaged; keep its file, and see OPERATING.md")
    }
}
