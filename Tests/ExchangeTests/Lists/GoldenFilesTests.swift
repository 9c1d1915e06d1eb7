import FoundationEssentials
import Lane
import Testing

@testable import Exchange

/// Files of every kind that `Golden/make.py` made of docs/LIST.md alone: what today's program reads of them, and writes. They are a list of 260
/// numbers of every system, with issuers, classes, dates and denials; a change on it; and a part of what comes of that.
struct GoldenFilesTests {
    private let key: SigningKey
    private let folder: TestFolder
    private let list: AgreementList

    private static func golden(_ name: String) throws -> [UInt8] {
        let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        return Array(try Data(contentsOf: URL(filePath: "/\(tests)/Golden/\(name)")))
    }

    init() throws {
        key = SigningKey(seed: try #require(Hex.bytes(of: Array(ListSamples.secret.utf8))))
        folder = try TestFolder()
        list = try AgreementList(bytes: Self.golden("5.list"), trusting: [key.publicKey])
    }

    private func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: folder / name))) }

    /// Noon of the last day of January 2026, and so many quarters of an hour.
    private func quarter(_ number: Int64) -> UTC {
        UTC(milliseconds: ListSamples.noon + number * ListSamples.quarter)
    }

    /// What comes of the list and the change.
    private func successor() throws -> AgreementList {
        try AgreementListChange(bytes: Self.golden("6.change"), trusting: [key.publicKey])
            .apply(to: list, into: folder / "6.list")
        return try AgreementList.open(path: folder / "6.list", trusting: [key.publicKey])
    }

    @Test func `the list's header is read`() throws {
        #expect(list.name == "nordic" && list.version == ListVersion(epoch: 9_821, version: 5))
        #expect(list.issuedAt == quarter(5 * 96) && list.activeFrom == quarter(5 * 96 + 1))
        #expect(list.staleAfter == .days(3))
        #expect(list.count == 260 && list.header.approvals == 244 && list.header.denials == 16)
        #expect(
            list.issuers.map(\.text) == ["pan:18", "pan:9578", "printed:10", "printed:20", "agency:", "ata:KING"])
        let file = try Self.golden("5.list")
        #expect(file.count == list.bytes)
        #expect(Digest(of: file).hex == "bb69324e91ec2b2437d72ff04e6c0df2390d712ba932b5061162d4e3d11a7642")
        #expect(list.digest == Digest(of: Array(file[320...])))
    }

    @Test func `numbers of every system have what was written down with them`() throws {
        let rows: [(TagNumber, AgreementListEntry?)] = [
            (Samples.number(.pan, "9578000000000000000"), .agreement(Agreement(.approved))),
            (
                Samples.number(.printed, "1000000001"),
                .agreement(Agreement(.noticePrepaidLow, validFrom: quarter(1)))
            ),
            (Samples.number(.agencySerial, "0003"), .denial),
            (Samples.number(.pan, "18005"), .agreement(Agreement(.noticePrepaidLow), .light)),
            (Samples.number(.printed, "1000000007"), .agreement(Agreement(.blocked, validFrom: quarter(7)), .light)),
            (Samples.number(.printed, "2000000000000088"), .agreement(Agreement(.approved), .light)),
            (
                try #require(TagNumber(ata: Array("KING 10".utf8))),
                .agreement(
                    Agreement(.noticeOverdue, validFrom: quarter(10), validUntil: quarter(1_960)), .heavy)
            ),
            (Samples.number(.printed, "1000000002"), nil), (Samples.number(.agencySerial, "003"), nil),
        ]
        for (tag, entry) in rows { #expect(list.entry(of: tag) == entry) }
    }

    @Test func `a list of the same entries is written byte for byte so, in whatever order they come`() throws {
        var entries: [(TagNumber, AgreementListEntry)] = []
        list.entries { entries.append(($0, $1)) }
        #expect(entries.count == 260)
        var builder = AgreementListBuilder()
        var writer = AgreementListWriter(temporaryFolder: folder / "work")
        for (line, (tag, entry)) in entries.reversed().enumerated() {
            try builder.add(tag, entry)
            try writer.add(tag, entry, line: line)
        }
        let header = AgreementListHeader(
            name: list.name, version: list.version, issuedAt: list.issuedAt, activeFrom: list.activeFrom,
            staleAfter: list.staleAfter)
        let golden = try Self.golden("5.list")
        #expect(try builder.build(header, issuers: list.issuers, signedBy: key).bytes == golden)
        _ = try writer.write(to: folder / "written", header, issuers: list.issuers, signedBy: key)
        #expect(try read("written") == golden)
    }

    @Test func `the change makes the next version, and is what is written for it`() throws {
        let next = try successor()
        #expect(
            Digest(of: try read("6.list")).hex == "3c02860d307fbf14570ac8b3e09967d349f7eb51d00223ddba58d1ac956e4d86")
        #expect(next.version == ListVersion(epoch: 9_821, version: 6) && next.count == 260)
        #expect(next.issuers.map(\.text) == ["pan:18", "pan:9578", "printed:10", "printed:20", "agency:"])
        try AgreementListChange.make(from: list, to: next, signedBy: key, into: folder / "made")
        #expect(try read("made") == Self.golden("6.change"))
        var operations = AgreementListOperations()
        try next.entries { tag, entry in
            if list.entry(of: tag) != entry { try operations.add(tag, .set(entry)) }
        }
        try list.entries { tag, _ in if next.entry(of: tag) == nil { try operations.add(tag, .remove) } }
        let header = AgreementListHeader(
            name: next.name, version: next.version, issuedAt: next.issuedAt, activeFrom: next.activeFrom,
            staleAfter: next.staleAfter)
        _ = try list.next(
            applying: operations, header, issuers: next.issuers, signedBy: key, into: folder / "next",
            change: folder / "next.change")
        #expect(try read("next") == read("6.list"))
        #expect(try read("next.change") == Self.golden("6.change"))
    }

    @Test func `the part is the second of three`() throws {
        let golden = try Self.golden("6.part-2-of-3")
        let part = try AgreementListPart(bytes: golden, trusting: [key.publicKey])
        #expect(part.part == .init(number: 2, of: 3))
        let paths = try AgreementListParts.split(successor(), into: 3, folder: folder / ".", signedBy: key)
        #expect(try read("nordic.9821.6.2-of-3") == golden)
        try AgreementListParts.join(paths.reversed(), trusting: [key.publicKey], into: folder / "joined")
        #expect(try read("joined") == read("6.list"))
    }
}
