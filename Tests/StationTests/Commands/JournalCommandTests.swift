import Exchange
import Lane
import Storage
import Sync
import Testing

@testable import Station

@Suite struct `The commands about the journal` {
    private static let number = "1000000007"

    private static let context = RecordContext(
        station: StationID(42), journal: JournalID(high: 1, low: 2), boot: "boot-1", configuration: .zero,
        profile: "classic", list: "agreements", antennas: [AntennaNumber(1): "north1"],
        lanes: [LaneNumber(1): .init(detectors: ["loop"], cameras: ["front", "rear"])])

    private static func stamp(_ second: Int64) -> Stamp {
        Stamp(
            at: Instant(nanoseconds: second * 1_000_000_000),
            utc: UTC(milliseconds: 1_769_860_800_000 + second * 1_000),
            clock: .good)
    }

    private static func draft(_ place: UInt64) throws -> RecordDraft {
        guard place % 3 != 0 else { return .event(.stop) }
        let tag = try #require(TagNumber(.printed, digits: Array(Self.number.utf8)))
        let at = Instant(nanoseconds: Int64(place) * 1_000_000_000)
        return .passage(
            Passage(
                id: PassageID(place), lane: LaneNumber(1), start: at,
                decision: .init(.approved, tag: tag, list: nil, at: at)), photos: [])
    }

    /// A journal of so many sealed records and one open one, acknowledged up to the fourth.
    private func fill(_ bench: borrowing ListBench, records: UInt64 = 8) throws {
        var journal = try Journal.open(folder: bench.folder, context: Self.context, stamp: Self.stamp(0))
        for place in 1...records {
            let write = RecordWrite(
                sequence: Sequence(place), draft: try Self.draft(place), stamp: Self.stamp(Int64(place)),
                isComplete: true)
            _ = try journal.commit([.seal(write)])
        }
        let open = RecordWrite(
            sequence: Sequence(records + 1), draft: try Self.draft(1), stamp: Self.stamp(100), isComplete: false)
        _ = try journal.commit([.keep(open), .acknowledged(upTo: Sequence(4), rejected: [], at: nil)])
        try journal.checkpoint()
    }

    private func change(_ bench: borrowing ListBench, _ sql: String) throws {
        let database = try Database(path: bench.folder + "/" + Journal.name, access: .readWrite)
        try database.execute(sql)
    }

    @Test func `a good journal is verified, and the command says how much there is`() throws {
        let bench = try ListBench()
        try fill(bench)
        let (code, said, noted) = try bench.run("journal verify @/station.conf")
        #expect(code == .ok)
        #expect(noted == [])
        #expect(said[1] == "sealed    records 1 to 8; at central up to 4")
        #expect(said[2].hasPrefix("verified  8 records"))
        #expect(said[3].hasPrefix("open      1 records"))
        #expect(said.last == "good")
    }

    @Test func `an empty journal is good, and where there is none the command says so`() throws {
        let bench = try ListBench()
        #expect(try bench.run("journal verify @/station.conf").code == .noInput)
        #expect(try bench.run("journal list @/station.conf").code == .noInput)
        _ = try Journal.open(folder: bench.folder, context: Self.context, stamp: Self.stamp(0))
        let (code, said, _) = try bench.run("journal verify @/station.conf")
        #expect(code == .ok)
        #expect(said[1].hasPrefix("sealed    no records"))
    }

    @Test func `a changed, a missing and two swapped records are each named`() throws {
        let changes: [(sql: String, problems: [String])] = [
            (
                "UPDATE record SET body = CAST(replace(CAST(body AS TEXT), 'approved', 'approvex') AS BLOB) WHERE sequence = 5",
                ["damaged   record 5 is damaged: its digest is wrong"]
            ),
            ("DELETE FROM record WHERE sequence IN (4, 5)", ["damaged   records 4 to 5 are not here"]),
            (
                """
                UPDATE record SET sequence = -sequence WHERE sequence IN (4, 5);
                UPDATE record SET sequence = 9 + sequence WHERE sequence < 0
                """,
                [
                    "damaged   record 5 stands in the place of record 4",
                    "damaged   record 4 stands in the place of record 5",
                    "damaged   record 6 cannot be checked: the one before it is damaged",
                ]
            ),
            (
                "UPDATE record SET digest = zeroblob(32) WHERE sequence = 2",
                [
                    "damaged   record 2 is damaged: its digest is wrong",
                    "damaged   record 3 cannot be checked: the one before it is damaged",
                ]
            ),
            (
                "UPDATE journal SET acknowledged = 11",
                ["damaged   central has acknowledged record 11, and the last that is here is 8"]
            ),
        ]
        for (sql, problems) in changes {
            let bench = try ListBench()
            try fill(bench)
            try change(bench, sql)
            let (code, said, _) = try bench.run("journal verify --journal @/\(Journal.name)")
            #expect(code == .badData, "\(sql)")
            #expect(said.filter { $0.hasPrefix("damaged") } == problems)
            #expect(said.last?.hasPrefix("not good") == true)
        }
    }

    @Test func `a record whose body is no text of ours is named and does not end the list`() throws {
        let bench = try ListBench()
        try fill(bench)
        try change(bench, "UPDATE record SET body = x'00ff' WHERE sequence = 5")
        let (code, said, _) = try bench.run("journal list @/station.conf")
        #expect(code == .ok)
        #expect(said.contains { $0.hasPrefix("5 ") && $0.contains("damaged") })
        #expect(said.count == 10)
        #expect(try bench.run("journal show 5 @/station.conf").code == .badData)
    }

    @Test func `a file that is no journal, or no database, is refused with its name`() throws {
        let bench = try ListBench()
        try bench.write(
            "no database at all, but long enough to have a header of a hundred bytes, "
                + "which a file needs to be looked at", to: "other.sqlite")
        let (code, _, noted) = try bench.run("journal verify --journal @/other.sqlite")
        #expect(code == .badData)
        #expect(noted.count == 1 && noted[0].contains("other.sqlite"), "\(noted)")
    }

    @Test func `the list shows each record's state, and no number but with --clear`() throws {
        let bench = try ListBench()
        try fill(bench)
        let (code, said, _) = try bench.run("journal list @/station.conf")
        #expect(code == .ok)
        #expect(said.count == 10)
        #expect(!said.joined().contains(Self.number))
        #expect(
            said.dropFirst().map { $0.split(separator: " ")[1] } == [
                "delivered", "delivered", "delivered",
                "delivered", "sealed", "sealed", "sealed", "sealed", "open",
            ])
        #expect(said[1].contains("printed:10-digits"))
        #expect(try bench.run("journal list @/station.conf --clear").said[1].contains("printed:\(Self.number)"))
        let events = try bench.run("journal list @/station.conf --type event").said
        #expect(events.count == 3 && events[1].hasPrefix("3 "))
        let some = try bench.run("journal list @/station.conf --from 2 --to 3 --json").said
        #expect(some.count == 2 && some[0].contains("\"sequence\":2"))
        #expect(!some.joined().contains(Self.number))
        #expect(try bench.run("journal list @/station.conf --from 5 --to 3").code == .usage)
        #expect(try bench.run("journal list @/station.conf --from 0").code == .usage)
    }

    @Test func `without a range the last fifty are shown`() throws {
        let bench = try ListBench()
        try fill(bench, records: 70)
        let said = try bench.run("journal list @/station.conf").said
        #expect(said.count == 51)
        #expect(said[1].hasPrefix("22 ") && said[50].hasPrefix("71 "))
    }

    @Test func `one record is shown in full, without its number but with --clear`() throws {
        let bench = try ListBench()
        try fill(bench)
        let (code, said, _) = try bench.run("journal show 2 @/station.conf")
        #expect(code == .ok)
        #expect(said.contains("state    delivered"))
        #expect(said.contains { $0.contains("\"type\":\"passage\"") })
        #expect(said.contains { $0.contains("\"outcome\":\"approved\"") && $0.contains("printed:10-digits") })
        #expect(!said.joined().contains(Self.number))
        let clear = try bench.run("journal show 2 @/station.conf --clear").said
        #expect(clear.joined().contains(Self.number))
        let (missing, _, noted) = try bench.run("journal show 200 @/station.conf")
        #expect(missing == .noInput)
        #expect(noted == ["record 200 is not in the journal: it has records from 1 on"])
    }
}
