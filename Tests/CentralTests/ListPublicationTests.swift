import Exchange
import FoundationEssentials
import HTTP
import Lane
import Storage
import Testing

@testable import Central

@Suite struct `The publication of a list` {
    /// The power goes.
    private struct Cut: Error {}

    private let fixture: CentralFixture
    private let publisher: ListPublisher
    private let agreements = GeneratedAgreements(seed: 1)

    init() throws {
        fixture = try CentralFixture()
        _ = fixture.central("keys")
        publisher = try ListPublisher(folder: fixture.folder)
    }

    @discardableResult
    private func publish(_ count: Int, with publisher: ListPublisher? = nil) throws -> PublishedList {
        try (publisher ?? self.publisher).publish(at: CentralFixture.now) { writer in
            for index in 0..<count {
                try writer.add(agreements[index].number, agreements[index].listEntry, line: index + 1)
            }
        }
    }

    /// Sets or removes the agreement of an index.
    @discardableResult
    private func change(
        _ changes: [Int: AgreementListEntry?], with publisher: ListPublisher? = nil
    ) throws -> PublishedList {
        try (publisher ?? self.publisher).change(at: CentralFixture.now) { operations in
            for (index, entry) in changes {
                try operations.add(agreements[index].number, entry.map { .set($0) } ?? .remove, line: index + 1)
            }
        }
    }

    private func path(_ file: ListFile) -> String { fixture.folder.list("agreements", file) }

    private func files() throws -> Set<String> {
        Set(try ListHistory.files(of: "agreements", in: fixture.folder).keys.map(\.name))
    }

    private func unpacked(_ bytes: [UInt8]) throws -> [UInt8] {
        var reader = GzipReader(mostBytes: 1 << 24)
        var all: [UInt8] = []
        try reader.take(bytes) { all += $0 }
        try reader.end()
        return all
    }

    @Test func `makes a change with each version of an epoch that leads there byte for byte`() throws {
        try publish(500)
        #expect(try files() == ["9497.1.list", "9497.1.list.gz"])
        for isChange in [false, true] {
            let before = try #require(try publisher.current("agreements"))
            let published =
                try isChange ? change([7: .denial, 8: nil, 900: agreements[900].listEntry]) : publish(503)
            let file = ListFile(published.header.version, .change)
            #expect(file.version.version == before.version.version + 1)
            let change = try AgreementListChange.open(path: path(file), trusting: [publisher.publicKey])
            try change.apply(to: before, into: fixture.folder.path + "/applied")
            let whole = "lists/agreements/\(file.version.dotted).list"
            #expect(try fixture.read("applied") == fixture.read(whole))
            #expect(try unpacked(fixture.read(whole + ".gz")) == fixture.read(whole))
            let changed = "lists/agreements/\(file.name)"
            let packed = try fixture.read(changed + ".gz")
            #expect(try unpacked(packed) == fixture.read(changed) && published.changeBytes == packed.count)
        }
    }

    @Test func `sets and removes what a change says, and leaves the rest`() throws {
        try publish(300)
        let published = try change([3: .denial, 4: nil, 5: .agreement(Agreement(.blocked)), 400: .denial, 299: nil])
        #expect(published.changes == 5 && published.header.count == 299)
        let list = try #require(try publisher.current("agreements"))
        #expect(list.entry(of: agreements[3].number) == .denial && list.entry(of: agreements[4].number) == nil)
        #expect(list.entry(of: agreements[5].number) == .agreement(Agreement(.blocked)))
        #expect(list.entry(of: agreements[400].number) == .denial && list.entry(of: agreements[299].number) == nil)
        for index in 6..<299 { #expect(list.entry(of: agreements[index].number) == agreements[index].listEntry) }
    }

    @Test func `keeps the issuers and the span of the list before, unless others are named`() throws {
        var settings = ListPublisher.Settings()
        settings.issuers = GeneratedAgreements.issuers
        settings.staleAfter = .hours(7)
        settings.activeFrom = UTC(milliseconds: CentralFixture.now.milliseconds + 60_000)
        let first = try publisher.publish(at: CentralFixture.now, settings) { writer in
            for index in 0..<300 { try writer.add(agreements[index].number, .denial, line: 1) }
        }
        #expect(first.header.activeFrom == settings.activeFrom && first.header.issuedAt == CentralFixture.now)
        var plain = ListPublisher.Settings()
        plain.isNow = true
        let changed = try publisher.change(at: CentralFixture.now, plain) { operations in
            try operations.add(agreements[1].number, .remove, line: 1)
        }
        #expect(changed.header.staleAfter == .hours(7) && changed.header.activeFrom == CentralFixture.now)
        #expect(try Set(publisher.current("agreements")?.issuers ?? []) == Set(GeneratedAgreements.issuers))
        let whole = try publish(300)
        #expect(whole.header.staleAfter == .hours(7))
        #expect(try Set(publisher.current("agreements")?.issuers ?? []) == Set(GeneratedAgreements.issuers))
    }

    @Test func `can be read by the folder's owner and its group, and by nobody else`() throws {
        try publish(300)
        try change([1: .denial])
        let files = try files()
        #expect(files.count == 6)
        for file in files {
            let path = "\(fixture.folder.history(of: "agreements"))/\(file)"
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode.map { $0 & 0o027 } == 0, "\(file)")
        }
    }

    @Test func `is not begun with the second pass over numbers that stand there twice, when it is strict`() throws {
        var settings = ListPublisher.Settings()
        settings.isStrict = true
        var phases: Set<BuildProgress.Phase> = []
        #expect(throws: ListPublisher.Problem.duplicates(1)) {
            try publisher.publish(at: CentralFixture.now, settings, progress: { phases.insert($0.phase) }) { writer in
                for line in 1...2 { try writer.add(agreements[0].number, .denial, line: line) }
            }
        }
        #expect(!phases.contains(.writingAgain) && !phases.contains(.syncing))
        #expect(try files().isEmpty)
    }

    @Test func `keeps no change that is larger than the list`() throws {
        try publish(200)
        #expect(try publish(0).changeBytes == nil)
        #expect(try files() == ["9497.1.list", "9497.1.list.gz", "9497.2.list", "9497.2.list.gz"])
    }

    @Test func `changes no list where none is published, and none of another epoch`() throws {
        #expect(throws: ListPublisher.Problem.nothingToChange(name: "agreements")) { try change([1: .denial]) }
        try publish(300)
        var settings = ListPublisher.Settings()
        settings.isNewEpoch = true
        let next = try publisher.publish(at: CentralFixture.now, settings) { _ in }
        #expect(next.changeBytes == nil && next.header.version == ListVersion(epoch: 9_498, version: 1))
    }

    @Test func `counts what contradicts itself, and refuses it when it is to be strict`() throws {
        try publish(300)
        var settings = ListPublisher.Settings()
        let fill = { (operations: inout AgreementListOperations) in
            try operations.add(agreements[1].number, .set(.denial), line: 1)
            try operations.add(agreements[1].number, .remove, line: 2)
            try operations.add(agreements[900].number, .remove, line: 3)
        }
        let published = try publisher.change(at: CentralFixture.now, settings, fill: fill)
        #expect(published.changes == 1 && published.superseded?.lines == [1] && published.idle?.lines == [3])
        settings.isStrict = true
        #expect(throws: ListPublisher.Problem.contradictions(2)) {
            try publisher.change(at: CentralFixture.now, settings) { operations in
                try operations.add(agreements[2].number, .remove, line: 1)
                try operations.add(agreements[2].number, .remove, line: 2)
                try operations.add(agreements[901].number, .remove, line: 3)
            }
        }
        #expect(try publisher.current("agreements")?.version.version == 2)
        #expect(try !files().contains { $0.hasPrefix("9497.3.") })
    }

    @Test(arguments: ListPublisher.Step.allCases, [false, true])
    func `leaves a whole list wherever it is cut off, and the next one goes on from there`(
        step: ListPublisher.Step, isChange: Bool
    ) throws {
        for _ in 1...2 { try publish(300) }
        var cut = publisher
        cut.reached = { if $0 == step { throw Cut() } }
        #expect(throws: Cut.self) {
            if isChange { try change([1: .denial], with: cut) } else { try publish(302, with: cut) }
        }
        // What a program that was killed leaves, and what the system may find after a power cut.
        try makeFolder(publisher.work(of: "agreements"))
        for name in ["9497.3.list.part", "9497.3.list.gz.part", "work/run.1"] {
            _ = try fixture.write("lists/agreements/\(name)", "unfinished")
        }
        let isPublished = step.rawValue >= ListPublisher.Step.published.rawValue
        let inForce = try #require(try publisher.current("agreements"))
        #expect(inForce.version == ListVersion(epoch: 9_497, version: isPublished ? 3 : 2))
        let shelf = fixture.shelf { Instant(nanoseconds: 1) }
        for after in [nil, ListVersion(epoch: 9_497, version: 1)] {
            let answer = shelf.offer("agreements", after: after)
            guard answer.status == 200, case .bytes(let bytes) = answer.body else {
                Issue.record("no offer")
                return
            }
            let offer = try ListOffer(json: bytes)
            #expect(
                offer.newest == inForce.version
                    && FileStamp(of: publisher.folder.path + "/lists" + offer.path.dropFirst(9)) != nil)
        }
        let next = try change([2: .denial])
        #expect(next.header.version.version == inForce.version.version + 1)
        let newest = next.header.version.version
        #expect(
            try files()
                == Set(
                    ((newest - 1)...newest).flatMap { ["9497.\($0).list", "9497.\($0).list.gz"] }
                        + (2...newest).flatMap { ["9497.\($0).change", "9497.\($0).change.gz"] }
                )
                .subtracting(step == .published ? ["9497.3.list.gz"] : []))
        #expect(FileStamp(of: publisher.work(of: "agreements")) == nil)
    }

    @Test func `leads a station from any version to the newest, over the wire`() throws {
        let first = try publish(1_000).header.version
        for number in 0..<5 { try change([number: .denial, number + 10: nil]) }
        let server = try fixture.server()
        var list = try AgreementList.open(
            path: path(ListFile(ListVersion(epoch: first.epoch, version: 5), .whole)), trusting: [publisher.publicKey])
        for isFresh in [false, true] {
            var version: ListVersion? = isFresh ? nil : ListVersion(epoch: first.epoch, version: 5)
            while true {
                let query = version.map { "?after=\($0.dotted)" } ?? ""
                let answer = try server.ask(.get, "/v1/lists/agreements" + query)
                if answer.status == 304 { break }
                let offer = try ListOffer(json: answer.body)
                #expect(offer.kind == (isFresh ? .whole : .change) && offer.encoding == .gzip)
                let file = try unpacked(try server.ask(.get, offer.path).body)
                let path = fixture.folder.path + "/taken-\(offer.version.version)"
                if offer.kind == .whole {
                    try DurableFile.replace(path, with: file)
                } else {
                    try AgreementListChange(bytes: file, trusting: [publisher.publicKey]).apply(to: list, into: path)
                }
                list = try AgreementList.open(path: path, trusting: [publisher.publicKey])
                #expect(list.version == offer.version && list.bytes == offer.listBytes)
                version = list.version
            }
            #expect(list == (try publisher.current("agreements")))
        }
        server.stop()
    }

    @Test func `goes round a change that is damaged`() throws {
        try publish(1_000)
        let published = try change([1: .denial])
        let file = ListFile(published.header.version, .change)
        var bytes = try fixture.read("lists/agreements/\(file.name)")
        bytes[bytes.count - 1] ^= 1
        try DurableFile.replace(path(file), with: bytes)
        let server = try fixture.server()
        let answer = try server.ask(.get, "/v1/lists/agreements?after=9497.1")
        #expect(try ListOffer(json: answer.body).kind == .whole)
        server.stop()
        #expect(fixture.said.withLock { $0.notes.count } == 1)
    }
}
