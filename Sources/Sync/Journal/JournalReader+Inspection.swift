import Exchange
import Lane
import Storage

/// For a person who looks into a journal: everything in it, sealed or not.
extension JournalReader {
    /// A record that is not sealed: what a crash would leave of it.
    package struct OpenRecord: Hashable, Sendable {
        package let sequence: Sequence
        /// Only its predecessors hold it back.
        package let isComplete: Bool
        package let body: [UInt8]
    }

    /// How much is in the journal.
    package struct Extent: Hashable, Sendable {
        /// The first record that is still here; nil: none is.
        package var first: Sequence?
        /// The last sealed one; 0: none.
        package var sealedUpTo = Sequence(0)
        /// Central has everything up to here.
        package var acknowledgedUpTo = Sequence(0)
        /// Records that are not sealed.
        package var open = 0
        /// Reads that are in no record yet.
        package var reads = 0
    }

    package func extent() throws(JournalFailure) -> Extent {
        do {
            var extent = Extent()
            extent.first = try first()
            extent.sealedUpTo = Sequence(
                stored: try database.integer("SELECT max(sequence) FROM record WHERE digest IS NOT NULL"))
            // Of a gap at the end there is no record.
            if let gap = try lost?.last() { extent.sealedUpTo = max(extent.sealedUpTo, gap.end) }
            extent.acknowledgedUpTo = Sequence(stored: try database.integer("SELECT acknowledged FROM journal"))
            extent.open = Int(try database.integer("SELECT count(*) FROM record WHERE digest IS NULL") ?? 0)
            extent.reads = Int(try database.integer("SELECT count(*) FROM read") ?? 0)
            return extent
        } catch {
            throw JournalFailure(error)
        }
    }

    /// The journals that were given up for it.
    package func givenUp() throws(JournalFailure) -> [GivenUpJournal] { try GivenUpJournal.all(in: database) }

    /// Sealed records behind a sequence.
    package func count(after sequence: Sequence) throws(JournalFailure) -> Int {
        do {
            let number = sequence.stored
            return Int(
                try database.integer(
                    "SELECT count(*) FROM record WHERE sequence > \(number) AND digest IS NOT NULL") ?? 0)
        } catch {
            throw JournalFailure(error)
        }
    }

    /// The records behind a sequence that were declared lost.
    package func countLost(after sequence: Sequence) throws(JournalFailure) -> Int {
        do {
            guard lost != nil else { return 0 }
            return Int(
                try database.integer("SELECT sum(last - first + 1) FROM lost WHERE first > \(sequence.stored)") ?? 0)
        } catch {
            throw JournalFailure(error)
        }
    }

    /// The first ranges behind a sequence that were declared lost.
    package func lost(after sequence: Sequence, most: Int) throws(JournalFailure) -> [LostRecords] {
        do {
            var found: [LostRecords] = []
            var next = sequence.next
            while found.count < most, let lost = try lost?.first(from: next)?.lost {
                found.append(lost)
                next = lost.last.next
            }
            return found
        } catch {
            throw JournalFailure(because: error)
        }
    }

    /// Where the chain can be followed from: a gap that begins before the first record says where.
    private func first() throws(DatabaseError) -> Sequence? {
        guard let first = try database.integer("SELECT min(sequence) FROM record") else { return nil }
        return try lost?.end(of: Sequence(stored: first))?.next ?? Sequence(stored: first)
    }

    /// Records that are not sealed, from a sequence on; a station has few of them.
    package func openRecords(from first: Sequence) throws(JournalFailure) -> [OpenRecord] {
        do {
            let select = try database.prepare(
                "SELECT sequence, complete, body FROM record WHERE sequence >= ?1 AND digest IS NULL ORDER BY sequence")
            try select.bind(1, first.stored)
            var found: [OpenRecord] = []
            while try select.step() {
                found.append(
                    OpenRecord(
                        sequence: Sequence(stored: select.integer(0)), isComplete: select.integer(1) == 1,
                        body: select.bytes(2) ?? []))
            }
            return found
        } catch {
            throw JournalFailure(error)
        }
    }

    /// What central said of the records that it rejected.
    package func rejections() throws(JournalFailure) -> [Sequence: String] {
        do {
            let select = try database.prepare("SELECT sequence, reason FROM rejected")
            var found: [Sequence: String] = [:]
            while try select.step() { found[Sequence(stored: select.integer(0))] = select.text(1) ?? "" }
            return found
        } catch {
            throw JournalFailure(error)
        }
    }

    /// What SQLite finds wrong with its own pages; reads the whole file. None: all is well.
    package func faultsOfPages() throws(JournalFailure) -> [String] {
        do {
            let check = try database.prepare("PRAGMA quick_check(20)")
            var faults: [String] = []
            while try check.step() { faults.append(check.text(0) ?? "") }
            return faults == ["ok"] ? [] : faults
        } catch {
            throw JournalFailure(error)
        }
    }
}
