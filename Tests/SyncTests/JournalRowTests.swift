import Exchange
import Lane
import Storage
import TestSupport
import Testing

@testable import Sync

/// I10: rows that no digest proves have checksums. One that is not as it was written is taken for nothing, and people are told.
@Suite struct JournalRowTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    /// Three sealed records, of which central had two; two passages are open, two reads are in no record, a photo waits, a gap is declared.
    private func make() throws {
        var journal = try Journal.open(
            folder: folder.path, context: context, stamp: stamp(0), after: JournalID(high: 9, low: 9))
        let photos = [photo(stored("front"), at: 5)]
        _ = try journal.commit([
            .seal(write(1, .passage(passage(1, at: 1), photos: photos), stamp(1))), .seal(write(2, event, stamp(1))),
            .seal(write(3, event, stamp(1))),
            .keep(write(4, .passage(passage(4, at: 4), photos: []), stamp(4), complete: false)),
            .keep(write(5, .passage(passage(5, at: 5), photos: []), stamp(5), complete: false)),
            .read(row(7, at: 6)), .read(row(8, at: 7)),
            .acknowledged(upTo: Sequence(2), rejected: [], at: stamp(8).utc),
        ])
        try journal.keepGap()
        try journal.checkpoint()
    }

    private func damage(_ sql: String) throws {
        let database = try Database(path: folder / Journal.name, access: .readWrite)
        try database.execute(sql)
    }

    private func open() throws -> JournalState {
        try Journal.open(folder: folder.path, context: context, stamp: stamp(100)).opened
    }

    private func salvage() throws -> SalvagedJournal? {
        var salvage = SalvageFolder(folder.path, context)
        for _ in 0..<100 {
            let answer = salvage.carryOut(.goOn, at: stamp(500)) { _, _ in [:] }
            if case .salvaged(let journal) = answer { return journal }
            guard answer == .working else { break }
        }
        return nil
    }

    @Test func `rows that are as they were written are taken`() throws {
        try make()
        let opened = try open()
        #expect(opened.setAside == nil)
        #expect(opened.recovered == 2 && opened.readsRecovered == 2 && opened.acknowledgedUpTo == Sequence(2))
    }

    @Test(arguments: [
        ("UPDATE journal SET acknowledged = 3", "the journal's name and position (1)", 7, 0),
        (
            "UPDATE record SET body = CAST(replace(CAST(body AS TEXT), 'noTag', 'noTaf') AS BLOB) WHERE sequence = 4",
            "open records (1)", 7, 1
        ),
        (
            "UPDATE record SET body = CAST(replace(CAST(body AS TEXT), 'noTag', 'noTaf') AS BLOB) WHERE sequence = 5",
            "open records (1)", 7, 1
        ),
        ("UPDATE record SET complete = 1 WHERE sequence = 5", "open records (1)", 7, 1),
        ("UPDATE record SET digest = NULL WHERE sequence = 3", "open records (1)", 7, 1),
        ("UPDATE read SET tag = tag + 1 WHERE id = 7", "reads in no record (1)", 6, 0),
        ("UPDATE read SET id = 9 WHERE id = 8", "reads in no record (1)", 6, 0),
        ("UPDATE read SET sum = NULL", "reads in no record (2)", 5, 0),
        ("UPDATE reader SET digit = 5", "readers' positions (1)", 7, 0),
        ("UPDATE acknowledgement SET upto = 3", "acknowledgements (1)", 7, 0),
        ("UPDATE photo SET camera = 'gront'", "photos that wait (1)", 7, 0),
        ("UPDATE lost SET previous = zeroblob(31)", "gaps (1)", 7, 0),
        ("UPDATE givenUp SET at = 7", "journals given up (1)", 7, 0),
    ]) func `a row that is damaged is told, and the rest is salvaged (I10)`(
        sql: String, words: String, last: Int, lost: Int
    ) throws {
        try make()
        try damage(sql)
        let opened = try open()
        #expect(opened.setAside?.reason.hasSuffix("damaged: \(words)") == true, "\(opened)")
        let journal = try #require(try salvage())
        #expect(journal.sealedUpTo.number == UInt64(last))
        #expect(journal.lostRecords == lost)
        #expect(try JournalReader(file: journal.file).counts().photosWaiting == (words.hasPrefix("photos") ? 0 : 1))
    }

    @Test func `nothing is deleted because of a row that is damaged (I3)`() throws {
        try make()
        var journal = try Journal.open(folder: folder.path, context: context, stamp: stamp(100))
        try journal.database.execute(
            "UPDATE acknowledgement SET hour = 0, upto = 3; UPDATE journal SET acknowledged = 3")
        #expect(try journal.commit([.expire(acknowledgedBefore: stamp(20_000).utc, most: 10)]).deleted == 0)
    }
}

extension Journal {
    /// A gap that was declared long ago, of records that are past retention.
    fileprivate func keepGap() throws {
        let values = "0, 0, zeroblob(32), zeroblob(32), zeroblob(1)"
        try database.execute(
            "INSERT INTO lost (first, last, previous, digest, body, sum) VALUES (\(values), \(CheckedTable.lost.checksum(values)))"
        )
        try GivenUpJournal(journal: JournalID(high: 9, low: 9), at: nil).write(into: database)
    }
}
