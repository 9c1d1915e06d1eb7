import Exchange
import Lane
import Storage
import Testing

@testable import Central

@Suite struct `The publisher of lists` {
    private let fixture: CentralFixture
    private let now = CentralFixture.now
    private let nothing = ""

    init() throws { fixture = try CentralFixture() }

    private var newEpoch: ListPublisher.Settings {
        var settings = ListPublisher.Settings()
        settings.isNewEpoch = true
        return settings
    }

    private func publisher() throws -> ListPublisher {
        _ = fixture.central("keys")
        return try ListPublisher(folder: fixture.folder)
    }

    @Test func `needs a key, and says how to make one`() {
        let path = fixture.folder.path
        let problem = ListKeys.Problem.noKey(folder: path)
        #expect(throws: problem) { try ListPublisher(folder: fixture.folder) }
        #expect(problem.description == "no signing key in \(path); make one with: central keys --folder \(path)")
    }

    @Test func `publishes each standing as stations are to see it`() throws {
        let text = """
            1000000001 approved
            1000000002 exempt from 2026-01-01
            1000000003 prepaid-low until 2026-06-30T12:15Z
            1000000004 overdue
            1000000005 blocked
            1000000006 denied
            """
        let publisher = try publisher()
        let header = try publisher.publish(text, at: now)
        #expect(header.count == 6 && header.denials == 1 && header.issuedAt == now)
        #expect(header.staleAfter == ListPublisher.staleAfter && header.name == "agreements")
        let list = try AgreementList.open(
            path: fixture.folder.list("agreements"), trusting: [publisher.publicKey])
        let until = UTC(milliseconds: 1_782_821_700_000)
        let expected: [AgreementListEntry?] = [
            .agreement(Agreement(.approved)), .agreement(Agreement(.approved, validFrom: now)),
            .agreement(Agreement(.noticePrepaidLow, validUntil: until)), .agreement(Agreement(.noticeOverdue)),
            .agreement(Agreement(.blocked)), .denial, nil,
        ]
        #expect(try (1...7).map { list.entry(of: try TagNumber(printed: "100000000\($0)")) } == expected)
    }

    @Test func `gives each version the next number, and a new folder an epoch by its day`() throws {
        let publisher = try publisher()
        let versions = try (1...3).map { _ in try publisher.publish(nothing, at: now).version }
        #expect(versions == (1...3).map { ListVersion(epoch: 9_497, version: $0) })
        #expect(try publisher.publish(nothing, as: "other", at: now).version == ListVersion(epoch: 9_497, version: 1))
        #expect(try publisher.current("agreements")?.version == versions.last)
        #expect(try publisher.current("none") == nil)
    }

    @Test func `begins a higher epoch when asked, also twice on a day and with a clock that was set back`() throws {
        let publisher = try publisher()
        _ = try publisher.publish(nothing, at: now)
        let times = [now, UTC(milliseconds: now.milliseconds + 10 * 86_400_000), UTC(milliseconds: 0)]
        let versions = try times.map { try publisher.publish(nothing, at: $0, newEpoch).version }
        #expect(versions == [9_498, 9_507, 9_508].map { ListVersion(epoch: $0, version: 1) })
    }

    @Test func `does not guess a version after a damaged list`() throws {
        let publisher = try publisher()
        _ = try publisher.publish(nothing, at: now)
        _ = try fixture.write("lists/agreements.list", "no list")
        #expect(throws: ListPublisher.Problem.self) { try publisher.publish(nothing, at: now) }
        #expect(try fixture.read("lists/agreements.list") == Array("no list".utf8))
        let later = UTC(milliseconds: now.milliseconds + 86_400_000)
        #expect(try publisher.publish(nothing, at: later, newEpoch).version.epoch == 9_498)
    }

    @Test func `refuses names that are none, and a second publisher at the same time`() throws {
        let publisher = try publisher()
        for name in ["", "seventeen-letters", "a/b", "a b", "ø"] {
            #expect(throws: ListPublisher.Problem.name) { try publisher.publish(nothing, as: name, at: now) }
        }
        try makeFolder(fixture.folder.lists)
        let lock = try FolderLock(folder: fixture.folder.lists)
        #expect(throws: ListPublisher.Problem.busy(folder: fixture.folder.path)) {
            try publisher.publish(nothing, at: now)
        }
        _ = consume lock
        _ = try publisher.publish(nothing, at: now)
    }
}
