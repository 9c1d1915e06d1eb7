import Exchange
import Lane
import Storage
import TestSupport
import Testing

@testable import Sync

/// I10: what can be read of a damaged journal is salvaged under its old names; it is never changed, and nothing is taken that is not proved.
@Suite struct JournalSalvageTests {
    let folder: TemporaryFolder
    private let aside: String
    init() throws {
        folder = try TemporaryFolder()
        aside = folder / "journal.sqlite.set-aside-1"
    }

    /// A journal of 300 sealed records, of which central had 100; two passages are open, and a read is in no record. Set aside.
    private func setAsideJournal(sealed: UInt64 = 300) throws -> [RecordLine] {
        do {
            var journal = try Journal.open(folder: folder.path, context: context, stamp: stamp(0))
            for number in 1...sealed {
                let photos = number == 200 ? [photo(stored("front"), at: 5)] : []
                _ = try journal.commit([
                    .seal(write(number, .passage(passage(number, at: Int64(number)), photos: photos), stamp(1)))
                ])
            }
            let open = [sealed + 1, sealed + 2].map { number in
                JournalWrite.keep(
                    write(number, .passage(passage(number, at: Int64(number)), photos: []), stamp(2), complete: false))
            }
            _ = try journal.commit(
                open + [.read(row(7, at: 400)), .acknowledged(upTo: Sequence(100), rejected: [], at: stamp(2).utc)])
            try journal.checkpoint()
        }
        let lines = try allLines(JournalReader(folder: folder.path))
        _ = try setAside(folder / Journal.name, companions: ["-wal", "-shm"])
        return lines
    }

    private func allLines(_ reader: borrowing JournalReader) throws -> [RecordLine] {
        var lines: [RecordLine] = []
        var next = Sequence(1)
        while case let records = try reader.records(from: next), let last = records.last {
            lines += records.map(\.line)
            next = last.next
        }
        return lines
    }

    /// Works until there is something to deliver, or nothing.
    private func salvage() throws -> SalvagedJournal? {
        if bytesOf(folder / Journal.name) == nil {
            _ = try Journal.open(folder: folder.path, context: context, stamp: stamp(500))
        }
        var salvage = SalvageFolder(folder.path, context)
        for _ in 0..<10_000 {
            switch salvage.carryOut(.goOn, at: stamp(500), { _, _ in [:] }) {
            case .working, .lost, .photoSettled: continue
            case .salvaged(let journal): return journal
            case .nothing: return nil
            case .failed(let reason):
                Issue.record("\(reason)")
                return nil
            }
        }
        Issue.record("it never came to an end")
        return nil
    }

    /// Follows the chain of what was salvaged; the records in it that are no gaps.
    private func check(_ journal: SalvagedJournal, _ words: Comment) throws -> [SealedRecord] {
        let reader = try JournalReader(file: journal.file)
        var found: [SealedRecord] = []
        let first = try #require(try reader.extent().first, words)
        var check = ChainCheck(from: first, after: try reader.digest(of: Sequence(first.number - 1)))
        var next = first
        while case let records = try reader.records(from: next), let last = records.last {
            for record in records {
                #expect(check.take(record) == nil, words)
                if record.lost == nil { found.append(record) }
            }
            next = last.next
        }
        #expect(next == journal.sealedUpTo.next, words)
        return found
    }

    @Test func `of a whole journal all that central has not is salvaged, with what was open and reads in no record`()
        throws
    {
        let lines = try setAsideJournal()
        let before = bytesOf(aside)
        let journal = try #require(try salvage())
        #expect(journal.file == folder / "journal.sqlite.salvaged-1")
        #expect(journal.records == 203 && journal.lost == [] && journal.sealedUpTo == Sequence(303))
        let found = try check(journal, "whole")
        #expect(found.first?.sequence == Sequence(99))
        #expect(found.map(\.line).prefix(202) == lines[98...])
        let rest = found.suffix(3).compactMap { RecordFields(body: $0.line.body) }
        #expect(rest.map(\.type) == ["passage", "passage", "replayedRead"])
        #expect(rest.map { $0.flags?.contains("recovered") ?? false } == [true, true, false])
        #expect(rest.last?.read?.id == 7)
        let reader = try JournalReader(file: journal.file)
        #expect(try reader.counts().photosWaiting == 1)
        #expect(reader.journal == (try JournalReader(file: aside).journal))
        #expect(bytesOf(aside) == before)
        let photo = try #require(try reader.photo(after: nil, upTo: journal.sealedUpTo))
        #expect(photo.name == PhotoName(sequence: Sequence(200), camera: "front", number: 1))
        var salvage = SalvageFolder(folder.path, context)
        let answer = salvage.carryOut(.photoSent(journal, photo.name), at: stamp(500)) { _, _ in [:] }
        #expect(answer == .photoSettled)
        #expect(try reader.counts().photosWaiting == 0)
    }

    @Test func `whatever page is damaged, the rest is salvaged, and what is lost is declared`() throws {
        let lines = try setAsideJournal()
        let whole = try #require(bytesOf(aside))
        let pages = whole.count / 4_096
        var salvaged = 0
        for page in 1..<pages {
            let byte: UInt8 = page % 2 == 0 ? 0xFF : 0x00
            var bytes = whole
            for place in page * 4_096..<page * 4_096 + 4_096 { bytes[place] = byte }
            try DurableFile.replace(aside, with: bytes)
            try delete(folder / "journal.sqlite.salvaged-1")
            guard let journal = try salvage() else { continue }
            let words: Comment = "page \(page) of \(pages), \(byte)"
            let found = try check(journal, words)
            let sealed = found.filter { $0.sequence <= Sequence(300) }
            #expect(sealed.allSatisfy { $0.line == lines[Int($0.sequence.number) - 1] }, words)
            let last = found.last?.sequence ?? Sequence(0)
            let lost = journal.lost.filter { $0.last <= last }.reduce(0) { $0 + $1.count }
            // What is missing before the first is declared when central says where it stands.
            let first = try #require(found.first, words).sequence
            let hidden = max(Int(first.number) - 101, 0)
            if hidden > 0 {
                var opened = try Journal(salvaged: journal, context, on: SystemDisk())
                let write = JournalWrite.lose(from: Sequence(101), after: lines[99].digest, stamp(501))
                #expect(try opened.commit([write]).lost.first?.first == Sequence(101), words)
            }
            #expect(journal.records + lost + hidden >= Int(min(last.number, 300)) - 100, words)
            if sealed.count > 150 { salvaged += 1 }
            #expect(bytesOf(aside) == bytes, words)
        }
        // Most pages hold a few records each; some are the tables' roots.
        #expect(salvaged > pages / 2)
    }

    @Test func `a trial calls no journal whole in which any page is damaged, and says what that means`() throws {
        _ = try setAsideJournal()
        #expect(try SalvageTrial(of: aside, in: folder.path).damage == [])
        let whole = try #require(bytesOf(aside))
        for page in 1..<whole.count / 4_096 {
            var bytes = whole
            bytes.replaceSubrange(page * 4_096..<page * 4_096 + 4_096, with: repeatElement(0xFF, count: 4_096))
            try DurableFile.replace(folder / "copy", with: bytes)
            try delete(folder / "trial")
            let trial = try SalvageTrial(of: folder / "copy", in: folder.path)
            #expect(!trial.damage.isEmpty, "page \(page)")
            #expect(trial.damage.allSatisfy { $0.contains("; ") }, "page \(page): \(trial.damage)")
        }
    }

    @Test func `thousands that were open are sealed some hundred a step, and live work has its turn in between`() throws
    {
        let last: UInt64 = 100 + 2_000
        do {
            var journal = try Journal.open(folder: folder.path, context: context, stamp: stamp(0))
            _ = try journal.commit((1...100 as ClosedRange<UInt64>).map { .seal(write($0, event, stamp(1))) })
            _ = try journal.commit(
                (101...last).map { .keep(write($0, event, stamp(2), complete: false)) }
                    + (1...600 as ClosedRange<UInt64>).map { .read(row($0, at: 3)) })
            try journal.checkpoint()
        }
        _ = try setAside(folder / Journal.name, companions: ["-wal", "-shm"])
        _ = try Journal.open(folder: folder.path, context: context, stamp: stamp(500))
        var salvage = SalvageFolder(folder.path, context)
        var before = 0
        var most = 0
        for steps in 1...100 {
            let answer = salvage.carryOut(.goOn, at: stamp(500)) { _, _ in [:] }
            if case .salvaged(let journal) = answer {
                #expect(journal.sealedUpTo == Sequence(last + 600) && journal.lostRecords == 0)
                #expect(steps > (2_000 + 600) / Int(DamagedJournal.mostAtOnce))
                #expect(most <= Int(DamagedJournal.mostAtOnce))
                return
            }
            guard bytesOf(folder / "journal.sqlite.salvaged-1.part") != nil else { continue }
            let reader = try JournalReader(file: folder / "journal.sqlite.salvaged-1.part")
            let now = try Int(reader.extent().sealedUpTo.number)
            most = max(most, now - before)
            before = now
        }
        Issue.record("it never came to an end")
    }

    @Test func `what was open in a journal that a running program gave up is in the next one, and not salvaged`() throws
    {
        _ = try setAsideJournal()
        try move(aside, to: folder / Journal.name)
        let before = try JournalReader(folder: folder.path).journal
        _ = try Journal.open(
            folder: folder.path, context: context, stamp: stamp(500), settingAside: true, after: before)
        let journal = try #require(try salvage())
        #expect(journal.records == 200 && journal.sealedUpTo == Sequence(300))
    }

    @Test func `of what is no database nothing is salvaged, and the next one has its turn`() throws {
        _ = try setAsideJournal()
        try move(aside, to: folder / "journal.sqlite.set-aside-2")
        try DurableFile.replace(aside, with: [UInt8](repeating: 7, count: 9_000))
        #expect(try salvage()?.file == folder / "journal.sqlite.salvaged-2")
    }

    @Test func `a salvage that was broken off is begun anew, and one that was delivered is not`() throws {
        _ = try setAsideJournal()
        try DurableFile.replace(folder / "journal.sqlite.salvaged-1.part", with: [UInt8](repeating: 7, count: 9_000))
        let journal = try #require(try salvage())
        #expect(journal.records == 203)
        #expect(try salvage() == journal)
        var folder = SalvageFolder(folder.path, context)
        #expect(folder.carryOut(.deliver(journal), at: stamp(500), { _, _ in [:] }) == .working)
        #expect(bytesOf(self.folder / "journal.sqlite.delivered-1") != nil)
        #expect(try salvage() == nil)
    }
}
