import Exchange
import Lane
import Station
import Testing

@testable import Central

/// `central agreements change`, and what generates changes.
@Suite struct `The command that publishes changes` {
    private let fixture: CentralFixture

    init() throws {
        fixture = try CentralFixture()
        _ = fixture.central("keys")
        let file = try fixture.write("a.txt", "1234567897 approved class heavy\npan:4539148803436467 blocked\n")
        let said = fixture.central("agreements", file, "--issuers", "printed:12,pan:4539", "--luhn", "printed:12")
        #expect(said.code == .ok && said.notes.isEmpty)
    }

    private var list: AgreementList {
        get throws {
            let publisher = try ListPublisher(folder: fixture.folder)
            return try #require(try publisher.current(AgreementList.defaultName))
        }
    }

    private func change(_ text: String, _ words: String...) throws -> (code: ExitCode, lines: [String], notes: [String])
    {
        fixture.central(["agreements", "change", try fixture.write("c.txt", text)] + words)
    }

    @Test func `holds each line against the same rules as a whole file, shows them all, and publishes nothing`() throws
    {
        let said = try change(
            """
            1234567890 approved
            pan:4539148803436466 approved
            3234567890 approved
            1234567897 approved from 2027-01-01 until 2026-01-01
            1234567897 approved class large
            1234567897 removed class heavy
            1234567897 overdue
            """, "--luhn", "printed:12")
        #expect(said.code == .badData && said.lines.isEmpty)
        let file = fixture.folder.path + "/c.txt"
        let faults = [
            "1:1: expected a number whose last digit is its Luhn check digit",
            "2:1: expected a PAN whose last digit is its Luhn check digit",
            "3:1: expected a number of the issuers for which the list speaks",
            "4:37: expected until to be later than from", "5:27: expected a class: light, heavy",
            "6:20: expected the end of the line",
        ]
        #expect(said.notes.count == faults.count)
        for (note, fault) in zip(said.notes, faults) { #expect(note.hasPrefix("\(file):\(fault)")) }
        #expect(try list.version.version == 1)
    }

    @Test func `sets a class, and takes off what the list does not speak for`() throws {
        #expect(try change("1234567897 approved class light\npan:4539148803436467 removed\n").code == .ok)
        let tag = try TagNumber(printed: "1234567897")
        #expect(try list.entry(of: tag) == .agreement(Agreement(.approved), .light))
        let said = try change("1234567897 removed", "--issuers", "pan:4539")
        #expect(said.code == .ok && said.notes.isEmpty)
        #expect(try list.count == 0 && list.version.version == 3)
    }

    @Test func `leaves out no issuer of whom agreements stay on the list`() throws {
        let said = try change("1234567897 overdue", "--issuers", "printed:12")
        #expect(said.code == .badData && said.lines.isEmpty && said.notes.count == 1)
        #expect(said.notes[0].contains("1 agreements on the list are of issuers that --issuers leaves out"))
        #expect(try list.version.version == 1)
        #expect(try change("pan:4539148803436467 removed", "--issuers", "printed:12").code == .ok)
        #expect(try list.count == 1 && list.issuers.map(\.text) == ["printed:12"])
        // More issuers than before leave nobody out.
        #expect(try change("3234567890 approved", "--issuers", "printed:12,printed:32").code == .ok)
        #expect(try list.count == 2)
    }

    @Test func `has generated ones of which each changes something`() throws {
        let words = ["agreements", "generate", "--count", "3000", "--changes", "5", "--of", "700", "--json"]
        let said = fixture.central(words)
        #expect(said.code == .ok && said.lines.count == 6)
        for line in said.lines.dropFirst() {
            #expect(line.contains("\"changes\":700,") && line.contains("\"idle\":0,"))
            #expect(line.contains("\"superseded\":0,"))
        }
    }
}
