import Exchange
import Lane
import Storage
import Testing

@testable import Central

@Suite struct `The central store` {
    private let fixture: CentralFixture
    private let lines = Sample.lines(4)

    init() throws { fixture = try CentralFixture() }

    private func portion(
        _ lines: [RecordLine], of name: JournalName = Sample.journal, rejected: Reception.Rejection.Reason? = nil
    ) -> Reception.Portion {
        let records = lines.map { Sample.received($0, rejected: rejected) }
        let last = JournalPosition(
            contiguous: records.last?.sequence ?? Sequence(0), digest: lines.last?.digest ?? .zero)
        return Reception.Portion(journal: name, records: records, position: last)
    }

    @Test func `holds positions and records over a reopening`() throws {
        do {
            let store = try CentralStore(folder: fixture.folder)
            #expect(try store.positions().isEmpty)
            try store.commit([
                portion(Array(lines[..<2])), portion(Sample.lines(1, of: Sample.otherStation), of: Sample.otherStation),
            ])
            try store.commit([portion(Array(lines[2...]), rejected: .version)])
        }
        let store = try CentralStore(folder: fixture.folder)
        #expect(
            try store.positions() == [
                Sample.journal: Sample.position(lines, at: 4),
                Sample.otherStation: Sample.position(Sample.lines(1, of: Sample.otherStation), at: 1),
            ])
        let stored = try store.recall(Sample.journal, Sequence(2)...Sequence(3))
        #expect(stored.from == Sequence(2))
        #expect(
            stored.records == [
                .init(digest: lines[1].digest, rejected: nil), .init(digest: lines[2].digest, rejected: .version),
            ])
    }

    @Test func `keeps the line as it was received`() throws {
        let store = try CentralStore(folder: fixture.folder)
        try store.commit([portion(lines)])
        let database = try Database(path: fixture.folder.database, access: .readOnly)
        let rows = try database.prepare("SELECT line FROM records ORDER BY sequence")
        for line in lines {
            #expect(try rows.step())
            #expect(rows.bytes(0) == line.bytes)
        }
    }

    @Test func `writes all of a commit or nothing`() throws {
        let store = try CentralStore(folder: fixture.folder)
        try store.commit([portion([lines[0]])])
        let other = Sample.lines(1, of: Sample.otherJournal)
        #expect(throws: DatabaseError.self) {
            try store.commit([portion(other, of: Sample.otherJournal), portion(Array(lines[..<2]))])
        }
        #expect(try store.positions() == [Sample.journal: Sample.position(lines, at: 1)])
        try store.commit([portion(other, of: Sample.otherJournal), portion([lines[1]])])
        #expect(try store.positions().count == 2)
    }

    @Test func `says that records are missing instead of leaving them out`() throws {
        let store = try CentralStore(folder: fixture.folder)
        try store.commit([portion(Array(lines[..<2]))])
        #expect(throws: CentralStore.Fault.damaged("the sequence of records")) {
            try store.recall(Sample.journal, Sequence(1)...Sequence(3))
        }
    }

    @Test func `keeps a photo as a file and a row, and finds both again`() throws {
        let name = PhotoName(journal: Sample.journal, sequence: Sequence(2), camera: "front", number: 1)
        let digest = Digest(of: Sample.photo)
        do {
            let store = try CentralStore(folder: fixture.folder)
            let lines = try Sample.linesWithPassage()
            let records = [Sample.received(lines[0]), Sample.received(lines[1], type: "passage")]
            let position = Sample.position(lines, at: 2)
            try store.commit([.init(journal: Sample.journal, records: records, position: position)])
            #expect(try store.finding(of: name) == .init(kept: nil, record: .init(digests: [digest])))
            let rear = PhotoName(journal: Sample.journal, sequence: Sequence(2), camera: "rear", number: 1)
            #expect(try store.finding(of: rear) == .init(kept: nil, record: .init(digests: [], isUnsettled: true)))
            let event = PhotoName(journal: Sample.journal, sequence: Sequence(1), camera: "front", number: 1)
            #expect(try store.finding(of: event) == .init(kept: nil, record: nil))
            try store.keep(name, digest: digest, bytes: Sample.photo)
        }
        let store = try CentralStore(folder: fixture.folder)
        #expect(try store.finding(of: name) == .init(kept: digest, record: .init(digests: [digest])))
        let path = "photos/7/0000000000000123000000000000abcd/2-front-1.jpg"
        #expect(CentralFolder.relativePath(of: name) == path)
        #expect(try fixture.read(path) == Sample.photo)
    }

    @Test func `refuses a file that is no database, and one of a later format`() throws {
        _ = try fixture.write("central.sqlite", String(repeating: "no database ", count: 100))
        #expect(throws: DatabaseError.self) { _ = try CentralStore(folder: fixture.folder) }
        let other = try CentralFixture()
        do {
            let database = try Database(path: other.folder.database, access: .readWrite)
            try database.execute("PRAGMA user_version = 9")
        }
        let fault = CentralStore.Fault.format(9, path: other.folder.database)
        #expect(throws: fault) { _ = try CentralStore(folder: other.folder) }
        #expect(fault.description.hasSuffix("its format 9 is newer than 1; use the newer program"))
    }
}
