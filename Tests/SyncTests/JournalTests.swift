import Exchange
import Lane
import Storage
import TestSupport
import Testing

@testable import Sync

@Suite struct JournalTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    private func open(_ folder: TemporaryFolder? = nil, settingAside: Bool = false) throws(JournalFailure) -> Journal {
        let path = (folder ?? self.folder).path
        return try Journal.open(folder: path, context: context, stamp: stamp(100), settingAside: settingAside)
    }

    private func bodies(_ folder: TemporaryFolder? = nil) throws -> [String] {
        let reader = try JournalReader(folder: (folder ?? self.folder).path)
        return try reader.records(from: Sequence(1)).map { String(decoding: $0.line.body, as: UTF8.self) }
    }

    @Test func `a new journal is empty, has a name of its own, and keeps it`() throws {
        let first = try open().opened
        #expect(first.journal != journalA)
        #expect(first == JournalState(journal: first.journal))
        #expect(try open().opened == first)
    }

    @Test func `sealed records come back byte for byte, chained`() throws {
        var journal = try open()
        let passages = (1...200).map { passage($0, at: Int64($0)) }
        for start in stride(from: 0, to: 200, by: 40) {
            let writes = (start..<start + 40).map { index in
                JournalWrite.seal(write(UInt64(index + 1), .passage(passages[index], photos: []), stamp(Int64(index))))
            }
            #expect(try journal.commit(writes).logPages > 0)
        }
        let reader = try JournalReader(folder: folder.path)
        let encoder = RecordEncoder(context: journal.context)
        var previous = Digest.zero
        var next = Sequence(1)
        while true {
            let records = try reader.records(from: next)
            #expect(records.count <= JournalReader.mostAtOnce)
            guard !records.isEmpty else { break }
            for record in records {
                let index = Int(record.sequence.number) - 1
                #expect(record.sequence == next)
                #expect(
                    record.line.body
                        == encoder.body(
                            of: .passage(passages[index], photos: []), sequence: next, stamp: stamp(Int64(index))))
                #expect(record.line.follows(previous))
                previous = record.line.digest
                next = next.next
            }
        }
        #expect(next == Sequence(201))
        #expect(try reader.digest(of: Sequence(200)) == previous)
        #expect(try reader.digest(of: Sequence(0)) == .zero)
        #expect(try reader.digest(of: Sequence(201)) == nil)
    }

    @Test func `the chain is what the hand formula says`() throws {
        var journal = try open()
        _ = try journal.commit([.seal(write(1, event, stamp(1))), .seal(write(2, event, stamp(2)))])
        let records = try JournalReader(folder: folder.path).records(from: Sequence(1))
        let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: 64)
        #expect(records[0].line.digest == Digest(of: zeros + records[0].line.body))
        #expect(records[1].line.digest == Digest(of: Array(records[0].line.digest.hex.utf8) + records[1].line.body))
    }

    @Test func `what is only kept is not given out, and the same write twice is one record`() throws {
        var journal = try open()
        for _ in 1...2 { _ = try journal.commit([.keep(write(1, event, stamp(1)))]) }
        #expect(try bodies() == [])
        _ = try journal.commit([.seal(write(1, event, stamp(1)))])
        #expect(try bodies().count == 1)
    }

    @Test func `reopened after every write, what was committed is there, open passages recovered, in order`() throws {
        let decided = passage(1, at: 1, reads: [ReadID(1)])
        let steps: [[JournalWrite]] = [
            [.read(row(1, at: 1))],
            [.keep(write(1, .passage(decided, photos: []), stamp(1), complete: false, reads: [1]))],
            [.keep(write(2, event, stamp(2)))],
            [.read(row(2, at: 3, digit: 6, .unreadable))],
            [.seal(write(1, .passage(decided, photos: []), stamp(4))), .seal(write(2, event, stamp(2)))],
        ]
        /// Types of the records after recovery, which of them are flagged, and the reader's digit.
        let expected: [(types: [String], recovered: Int, digit: UInt8)] = [
            (["replayedRead"], 0, 4), (["passage"], 1, 4), (["passage", "event"], 1, 4),
            (["passage", "event", "replayedRead"], 1, 6), (["passage", "event", "replayedRead"], 0, 6),
        ]
        var journal = try open()
        for (step, expected) in zip(steps, expected) {
            _ = try journal.commit(step)
            // The files as they are at this moment, as a power cut would leave them.
            let crashed = try TemporaryFolder()
            for name in folder.names {
                try DurableFile.replace(crashed / name, with: bytesOf(folder / name) ?? [])
            }
            let state = try open(crashed).opened
            let fields = try bodies(crashed).map { try #require(RecordFields(body: Array($0.utf8))) }
            #expect(fields.map(\.type) == expected.types)
            #expect(fields.map(\.sequence) == (1...fields.count).map { Sequence(UInt64($0)) })
            #expect(fields.filter { $0.flags?.contains("recovered") ?? false }.count == expected.recovered)
            #expect(state.readers["north"]?.digit == expected.digit)
            #expect(state.sealedUpTo == Sequence(UInt64(expected.types.count)))
            // Opened once more, nothing happens again.
            let again = try open(crashed).opened
            #expect(again.sealedUpTo == state.sealedUpTo && again.recovered == 0 && again.readsRecovered == 0)
            #expect(again.nextRead == state.nextRead)
        }
    }

    @Test func `a read that was in no record keeps its number, its tag and the time of its own run`() throws {
        do {
            var journal = try open()
            _ = try journal.commit([.read(row(5, at: 3))])
        }
        let state = try open().opened
        #expect(state.readsRecovered == 1 && state.nextRead == ReadID(6))
        #expect(state.readers == ["north": row(5).position])
        let body = try #require(try bodies().first)
        #expect(body.contains(#""read":{"id":5,"tag":"\#(tag.recordText)","reader":"north","antenna":"north1"}"#))
        #expect(body.contains(#""reason":"withoutRecord""#))
        #expect(body.contains(#""start":{"utc":"2026-01-31T12:00:03.000Z","mono":3000000000,"boot":"boot-1"}"#))
    }

    @Test func `a commit that fails leaves nothing, and the chain goes on as before`() throws {
        var journal = try open()
        let other = try Database(path: folder / Journal.name, access: .readWrite)
        do {
            let lock = try Transaction(on: other)
            try journal.database.execute("PRAGMA busy_timeout = 0")
            let error = #expect(throws: JournalFailure.self) {
                _ = try journal.commit([.seal(write(1, event, stamp(1)))])
            }
            #expect(error?.isDamage == false)
            _ = lock
        }
        _ = try journal.commit([.seal(write(1, event, stamp(1)))])
        let records = try JournalReader(folder: folder.path).records(from: Sequence(1))
        #expect(records.map { $0.line.follows(.zero) } == [true])
    }

    // MARK: Files that cannot be used

    @Test func `a file that is no database is set aside, and a new journal is begun`() throws {
        let noise = [UInt8]((0..<5_000).map { UInt8(truncatingIfNeeded: $0 &* 7) })
        try DurableFile.replace(folder / Journal.name, with: noise)
        var journal = try open()
        let aside = try #require(journal.opened.setAside)
        #expect(aside.path == folder / "journal.sqlite.set-aside-1")
        #expect(aside.reason.hasSuffix("file is not a database (SQLite 26); the file has to be set aside"))
        #expect(bytesOf(aside.path) == noise)
        _ = try journal.commit([.seal(write(1, event, stamp(1)))])
        #expect(try open().opened.setAside == nil)
        #expect(try bodies().count == 1)
    }

    @Test func `a truncated database is set aside with its log`() throws {
        do {
            var journal = try open()
            for number in 1...300 as ClosedRange<UInt64> {
                _ = try journal.commit([.seal(write(number, .passage(passage(number), photos: []), stamp(1)))])
            }
            try journal.checkpoint()
        }
        let whole = try #require(bytesOf(folder / Journal.name))
        for size in [100, 4_095, 4_096, 10_000, whole.count / 2, whole.count - 4_096] {
            let cut = try TemporaryFolder()
            try DurableFile.replace(cut / Journal.name, with: whole[..<size])
            let state = try open(cut).opened
            #expect(state.setAside != nil, "cut to \(size) of \(whole.count) bytes")
            #expect(state.sealedUpTo == Sequence(0))
            #expect(bytesOf(cut / "journal.sqlite.set-aside-1")?.count == size)
        }
    }

    @Test func `another program's database is set aside, and one of a later program is refused and left alone`() throws
    {
        do {
            let other = try Database(path: folder / Journal.name, access: .readWrite)
            try other.execute("CREATE TABLE t (a); PRAGMA user_version = 1")
        }
        #expect(try open().opened.setAside?.reason.hasSuffix("it is another program's database") == true)
        do {
            let journal = try Database(path: folder / Journal.name, access: .readWrite)
            try journal.execute("PRAGMA user_version = \(JournalSchema.format + 1)")
        }
        let whole = try #require(bytesOf(folder / Journal.name))
        for _ in 1...2 {
            let error = #expect(throws: JournalFailure.self) { _ = try open() }
            #expect(
                error?.reason.hasSuffix(
                    "its format is \(JournalSchema.format + 1), this program knows \(JournalSchema.format); "
                        + "install the newer program again") == true)
            #expect(error?.isDamage == false)
        }
        #expect(bytesOf(folder / Journal.name) == whole)
    }

    @Test func `a folder that cannot be written is one clear line`() throws {
        let error = #expect(throws: JournalFailure.self) {
            _ = try Journal.open(folder: "/proc/self", context: context, stamp: stamp(1))
        }
        #expect(
            error?.reason
                == "open /proc/self/journal.sqlite: unable to open database file (SQLite 14); "
                + "let the station's user write the file and its folder")
        #expect(error?.isDamage == false)
    }

    @Test func `a new journal asked for keeps the old one beside it`() throws {
        let first: JournalID
        do {
            var journal = try open()
            first = journal.opened.journal
            _ = try journal.commit([.seal(write(1, event, stamp(1)))])
        }
        let second = try open(settingAside: true).opened
        #expect(second.journal != first && second.sealedUpTo == Sequence(0))
        let old = try Database(path: try #require(second.setAside).path, access: .readOnly)
        #expect(try old.integer("SELECT count(*) FROM record") == 1)
    }

    @Test func `a digest that was damaged on the disk is found when it is read`() throws {
        do {
            var journal = try open()
            _ = try journal.commit((1...3).map { .seal(write($0, event, stamp(1))) })
            try journal.database.execute("UPDATE record SET body = CAST('{\"v\":2}' AS BLOB) WHERE sequence = 2")
        }
        let reader = try JournalReader(folder: folder.path)
        let batch = try RecordBatch(from: Sequence(1), mostRecords: 500, mostBytes: 1 << 20, of: reader)
        #expect(batch.isComplete && batch.count == 1)
        let error = #expect(throws: JournalFailure.self) {
            _ = try RecordBatch(from: Sequence(2), mostRecords: 500, mostBytes: 1 << 20, of: reader)
        }
        #expect(error?.reason == "read the journal: record 2 is damaged: its digest is wrong")
    }

    @Test func `a byte that flips on the disk is never taken for data (I10)`() throws {
        do {
            var journal = try open()
            for number in 1...60 as ClosedRange<UInt64> {
                _ = try journal.commit([.seal(write(number, .passage(passage(number), photos: []), stamp(1)))])
            }
            try journal.checkpoint()
        }
        let whole = try #require(bytesOf(folder / Journal.name))
        let lines = wouldBeSent(from: folder)
        var noticed = 0
        for place in stride(from: 3, to: whole.count, by: whole.count / 61) {
            let bent = try TemporaryFolder()
            var bytes = whole
            bytes[place] ^= 1 << UInt8(place % 8)
            try DurableFile.replace(bent / Journal.name, with: bytes)
            let state = try open(bent).opened
            guard state.setAside == nil, state.sealedUpTo == Sequence(60) else {
                noticed += 1
                continue
            }
            let sent = wouldBeSent(from: bent)
            #expect(lines.starts(with: sent))
            if sent.count < lines.count { noticed += 1 }
        }
        // The others hit what SQLite does not use.
        #expect(noticed > 20)
    }

    /// Every byte that the uploader would get of a journal, up to the first damage.
    private func wouldBeSent(from folder: TemporaryFolder) -> [UInt8] {
        do {
            let reader = try JournalReader(folder: folder.path)
            var batch = try RecordBatch(from: Sequence(1), mostRecords: 500, mostBytes: 1 << 20, of: reader)
            while !batch.isComplete { batch.read(of: reader) }
            return batch.bytes
        } catch {
            return []
        }
    }
}
