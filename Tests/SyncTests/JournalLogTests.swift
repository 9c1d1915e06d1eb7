import Exchange
import Lane
import Storage
import TestSupport
import Testing

@testable import Sync

/// I10: a log that is damaged before its end is found, and read behind the damage; one that a power cut has torn is none.
@Suite struct JournalLogTests {
    private static let frame = 4_096 + 24
    private static let header = 32
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    /// A journal whose commits stand in its log alone: 30 sealed records, one that is open, a read in no record.
    private func make() throws -> (file: [UInt8], log: [UInt8], lines: [RecordLine]) {
        var journal = try Journal.open(folder: folder.path, context: context, stamp: stamp(0))
        try journal.checkpoint()
        for number in 1...30 as ClosedRange<UInt64> {
            _ = try journal.commit([.seal(write(number, event, stamp(1)))])
        }
        _ = try journal.commit([.keep(write(31, event, stamp(2), complete: false)), .read(row(7, at: 3))])
        _ = try journal.commit([.acknowledged(upTo: Sequence(1), rejected: [], at: stamp(3).utc)])
        let file = try #require(bytesOf(folder / Journal.name))
        let log = try #require(bytesOf(folder / Journal.name + "-wal"))
        return (file, log, try JournalReader(folder: folder.path).records(from: Sequence(1)).map(\.line))
    }

    /// Opens these files as the station does, in a folder of their own.
    private func open(_ file: [UInt8], _ log: [UInt8]) throws -> (TemporaryFolder, JournalState) {
        let folder = try TemporaryFolder()
        try DurableFile.replace(folder / Journal.name, with: file)
        try DurableFile.replace(folder / Journal.name + "-wal", with: log)
        return (folder, try Journal.open(folder: folder.path, context: context, stamp: stamp(100)).opened)
    }

    private func salvage(_ folder: borrowing TemporaryFolder) throws -> SalvagedJournal? {
        var salvage = SalvageFolder(folder.path, context)
        for _ in 0..<100 {
            switch salvage.carryOut(.goOn, at: stamp(500), { _, _ in [:] }) {
            case .working, .lost, .photoSettled: continue
            case .salvaged(let journal): return journal
            case .nothing: return nil
            case .failed(let reason): throw JournalFailure(reason)
            }
        }
        return nil
    }

    @Test func `a bit that is flipped anywhere before the last commit is found, and what stands behind it is salvaged`()
        throws
    {
        let (file, log, lines) = try make()
        let frames = (log.count - Self.header) / Self.frame
        #expect(frames > 30)
        var found = 0
        var kept = 0
        for number in 0..<frames {
            // In the page's number, the salts, the checksum, a page's header, its free room, its rows.
            for place in [3, 9, 18, 24 + 3, 24 + 900, 24 + 4_000] {
                var bytes = log
                bytes[Self.header + number * Self.frame + place] ^= 0x10
                let words: Comment = "frame \(number) of \(frames), byte \(place)"
                let (folder, opened) = try open(file, bytes)
                guard let aside = opened.setAside else {
                    // Of the last two commits nobody knows whether they had returned.
                    #expect(number >= frames - 12, words)
                    continue
                }
                found += 1
                #expect(aside.reason.contains("its log is damaged: frame \(number + 1) "), words)
                #expect(bytesOf(folder / "journal.sqlite.set-aside-1-wal") == bytes, words)
                guard let journal = try salvage(folder) else { continue }
                let reader = try JournalReader(file: journal.file)
                let records = try reader.records(from: Sequence(1))
                for record in records where record.lost == nil && record.sequence <= Sequence(30) {
                    #expect(record.line == lines[Int(record.sequence.number) - 1], words)
                    kept += 1
                }
                // What stands before a page is known from the frames around it.
                if place < 24 {
                    #expect(journal.lostRecords == 0 && journal.sealedUpTo == Sequence(32), words)
                }
                #expect(bytesOf(folder / "journal.sqlite.set-aside-1.mended") == nil, words)
            }
        }
        #expect(found > frames * 5)
        // A page holds some ten of these records, and a later frame has most pages once more.
        #expect(kept > found * 25)
    }

    @Test func `a log that ends in the middle of its last commit is whole, wherever that is`() throws {
        let (file, log, _) = try make()
        for count in stride(from: 0, through: log.count, by: Self.frame / 3) {
            var bytes = Array(log[..<count])
            #expect(try open(file, bytes).1.setAside == nil, "\(count) bytes")
            // The beginning of the next frames is there, their rest is not.
            bytes += [UInt8](repeating: 0, count: min(9_000, log.count - count))
            #expect(try open(file, bytes).1.setAside == nil, "\(count) bytes and zeros")
        }
    }

    @Test func `a trial says that the log is damaged, and changes nothing`() throws {
        let (file, log, _) = try make()
        var bytes = log
        bytes[Self.header + 5 * Self.frame + 2_000] ^= 1
        let copy = try TemporaryFolder()
        try DurableFile.replace(copy / "copy", with: file)
        try DurableFile.replace(copy / "copy-wal", with: bytes)
        let trial = try SalvageTrial(of: copy / "copy", in: folder.path)
        #expect(trial.damage.first?.hasPrefix("its log is damaged: frame 6 ") == true)
        #expect(bytesOf(copy / "copy") == file && bytesOf(copy / "copy-wal") == bytes)
    }
}
