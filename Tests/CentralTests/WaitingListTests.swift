import Exchange
import Lane
import Testing

@testable import Central

/// What is published while the newest list waits for its moment.
@Suite struct `A list of the future that waits` {
    private let fixture: CentralFixture
    private let publisher: ListPublisher
    private let moment = UTC(milliseconds: CentralFixture.now.milliseconds + 7 * 3_600_000)

    init() throws {
        fixture = try CentralFixture()
        _ = fixture.central("keys")
        publisher = try ListPublisher(folder: fixture.folder)
        try publisher.publish("1000000001 approved")
        _ = try change("1000000002", Self.settings(from: moment))
    }

    private static func settings(from moment: UTC? = nil, isNow: Bool = false) -> ListPublisher.Settings {
        var settings = ListPublisher.Settings()
        (settings.activeFrom, settings.isNow) = (moment, isNow)
        return settings
    }

    /// Denies a number.
    private func change(
        _ number: String, _ settings: ListPublisher.Settings, at now: UTC = CentralFixture.now
    ) throws -> AgreementListHeader {
        try publisher.change(at: now, settings) { operations in
            try operations.add(try TagNumber(printed: number), .set(.denial), line: 1)
        }.header
    }

    @Test func `is not put in force by what is published after it, changed or whole`() throws {
        let version = ListVersion(epoch: 9_497, version: 2)
        let problem = ListPublisher.Problem.waits(name: "agreements", version, until: moment)
        let earlier = Self.settings(from: UTC(milliseconds: moment.milliseconds - 1))
        for settings in [Self.settings(), earlier] {
            #expect(throws: problem) { try change("1000000003", settings) }
            #expect(throws: problem) { try publisher.publish("1000000003 denied", settings) }
        }
        var newEpoch = ListPublisher.Settings()
        newEpoch.isNewEpoch = true
        #expect(throws: problem) { try publisher.publish("1000000003 denied", newEpoch) }
        #expect(try publisher.current("agreements")?.version == version)
        let words =
            "list agreements 9497.2 waits until 2026-01-01T07:00:00Z, and the next one would be in force before; "
        #expect(problem.description.hasPrefix(words) && problem.description.contains("--now"))
    }

    @Test func `can be followed by one that waits as long or longer`() throws {
        #expect(try change("1000000003", Self.settings(from: moment)).activeFrom == moment)
        let later = UTC(milliseconds: moment.milliseconds + 1)
        #expect(try publisher.publish("1000000003 denied", Self.settings(from: later)).version.version == 4)
    }

    @Test func `is put in force with the next one when that is said`() throws {
        let header = try change("1000000003", Self.settings(isNow: true))
        #expect(header.activeFrom == CentralFixture.now && header.count == 3)
    }

    @Test func `waits no longer when its moment has come, nor for a clock that was set back`() throws {
        #expect(try change("1000000003", Self.settings(), at: moment).version.version == 3)
        #expect(try change("1000000004", Self.settings(), at: CentralFixture.now).version.version == 4)
    }

    @Test func `is refused in one line, with 64`() throws {
        let file = try fixture.write("c.txt", "1000000003 denied\n")
        let moment = "2098-01-31T12:15Z"
        #expect(fixture.central("agreements", "change", file, "--now", "--active-from", moment).code == .usage)
        #expect(fixture.central("agreements", "change", file, "--active-from", moment).code == .ok)
        for words in [["agreements", "change", file], ["agreements", file]] {
            let said = fixture.central(words)
            #expect(said.code == .usage && said.lines.isEmpty && said.notes.count == 1)
            #expect(said.notes[0].contains("9497.3 waits until 2098-01-31T12:15:00Z"))
        }
        #expect(fixture.central("agreements", "change", file, "--now", "--issuers", "printed:1").code == .ok)
    }
}
