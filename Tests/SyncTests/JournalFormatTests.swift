import Exchange
import FoundationEssentials
import Lane
import SimDisk
import Storage
import TestSupport
import Testing

@testable import Sync

/// Journals of every format that there has been go forward with all that waits in them.
@Suite struct JournalFormatTests {
    /// Files that programs of their time have written: `Fixtures/journal-N.sqlite`, twelve records of which central had seven.
    static let formats = 1...JournalSchema.format

    private static func fixture(_ format: Int64) throws -> [UInt8] {
        let tests = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        return try #require(bytesOf("/\(tests)/Fixtures/journal-\(format).sqlite"))
    }

    private func state(_ folder: String, on disk: any Disk = SystemDisk()) throws -> JournalState {
        try Journal.open(folder: folder, context: context, stamp: stamp(100), on: disk).opened
    }

    @Test(arguments: formats) func `a journal of that format is opened with everything that was not delivered`(
        format: Int64
    ) throws {
        let folder = try TemporaryFolder()
        try DurableFile.replace(folder / Journal.name, with: try Self.fixture(format))
        let before = try JournalReader(folder: folder.path)
        #expect(try JournalSchema.format(of: before.database) == format)
        let lines = try before.records(from: Sequence(1)).map(\.line)
        let opened = try state(folder.path)
        #expect(opened.setAside == nil && opened.recovered == 0)
        #expect(opened.sealedUpTo == Sequence(12) && opened.acknowledgedUpTo == Sequence(7))
        let reader = try JournalReader(folder: folder.path)
        #expect(try JournalSchema.format(of: reader.database) == JournalSchema.format)
        #expect(try reader.records(from: Sequence(1)).map(\.line) == lines)
        #expect(try reader.counts().photosWaiting == 4)
        let batch = try RecordBatch(from: Sequence(8), mostRecords: 500, mostBytes: 1 << 20, of: reader)
        #expect(batch.bytes == lines[7...].flatMap(\.bytes))
    }

    /// How this format's fixture was made: `FIXTURE=FOLDER swift test --filter JournalFormatTests`.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["FIXTURE"] != nil))
    func `a fixture of this program's format is written`() throws {
        let folder = try #require(ProcessInfo.processInfo.environment["FIXTURE"])
        var journal = try Journal.open(folder: folder, context: context, stamp: stamp(0))
        let photos = [photo(stored("front"), at: 5), photo(stored("rear"), camera: 1, at: 6)]
        for number in 1...12 as ClosedRange<UInt64> {
            let passage = passage(number, at: Int64(number), reads: [ReadID(number)])
            let hasPhotos = number == 6 || number == 10
            _ = try journal.commit([
                .read(row(number, at: Int64(number))),
                .seal(
                    write(
                        number, .passage(passage, photos: hasPhotos ? photos : []), stamp(Int64(number)),
                        reads: [number])),
            ])
        }
        _ = try journal.commit([.acknowledged(upTo: Sequence(7), rejected: [], at: stamp(20).utc)])
        try journal.checkpoint()
    }

    @Test func `what is open in a journal without checksums goes forward with it`() throws {
        let folder = try TemporaryFolder()
        try DurableFile.replace(folder / Journal.name, with: try Self.fixture(3))
        do {
            let database = try Database(path: folder / Journal.name, access: .readWrite)
            try database.execute(
                """
                INSERT INTO record SELECT 13, 1, NULL, body FROM record WHERE sequence = 12;
                INSERT INTO read VALUES (40, 'north', 1, 7, 0, 'boot-0', 5, 6);
                INSERT OR REPLACE INTO reader VALUES ('north', 3, x'2334', 40);
                INSERT INTO acknowledgement VALUES (1, 7);
                """)
        }
        let opened = try state(folder.path)
        #expect(opened.setAside == nil && opened.recovered == 1 && opened.readsRecovered == 1)
        #expect(opened.readers["north"] == ReaderPosition(digit: 3, frame: Array("#4".utf8)))
        #expect(opened.nextRead == ReadID(41))
        #expect(try state(folder.path).setAside == nil)
    }

    @Test(arguments: formats) func `a power cut at any call of an upgrade leaves the old journal or the new one (I1)`(
        format: Int64
    ) throws {
        let bytes = try Self.fixture(format)
        func disk(_ seed: UInt64) throws -> SimulatedDisk {
            let disk = SimulatedDisk(seed: seed)
            try makeFolder("/state", on: disk)
            try DurableFile.replace("/state/\(Journal.name)", with: bytes, on: disk)
            return disk
        }
        let whole = try disk(0)
        let before = whole.calls
        _ = try state("/state", on: whole)
        let calls = whole.calls - before
        #expect(calls > 10)
        for call in 1...calls {
            for style in PowerCut.Style.allCases {
                let disk = try disk(UInt64(call))
                disk.plan(.failing(call: call, with: .powerCut))
                // What fails here fails for the cut.
                do { _ = try state("/state", on: disk) } catch { #expect(!disk.isOn, "call \(call)") }
                disk.restart(PowerCut(seed: UInt64(call), style))
                let opened = try state("/state", on: disk)
                let words: Comment = "call \(call), \(style)"
                #expect(opened.setAside == nil, words)
                #expect(opened.sealedUpTo == Sequence(12) && opened.acknowledgedUpTo == Sequence(7), words)
                let reader = try JournalReader(folder: "/state", on: disk)
                #expect(try JournalSchema.format(of: reader.database) == JournalSchema.format, words)
                #expect(try reader.records(from: Sequence(1)).count == 12, words)
            }
        }
    }
}
