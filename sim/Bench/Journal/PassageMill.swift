import Exchange
import Lane
import Sync

/// Passages as a busy lane makes them: one approved tag, two edges of the loop, no photo.
struct PassageMill {
    static let lane = LaneNumber(1)
    private static let antenna = AntennaNumber(0)
    private static let list = ListVersion(epoch: 1, version: 7)
    private static let start = Stamp(
        at: Instant(nanoseconds: 3_600_000_000_000), utc: UTC(milliseconds: 1_769_860_800_000), clock: .good)

    static let context = RecordContext(
        station: StationID(1), journal: JournalID(high: 0, low: 0), boot: "0f4bd9c2-1d3e-4c55-9a55-6f1f0a8a4c11",
        configuration: Digest(of: Array("bench".utf8)), profile: "classic", list: "agreements",
        antennas: [antenna: "reader1.0"], lanes: [lane: .init(detectors: ["loop1"], cameras: [])])

    /// A vehicle as it goes through the ledger: its read, its passage when decided, and when closed.
    struct Vehicle {
        let read: ReadRow
        let decided: Passage
        let closed: Passage
        let stamp: Stamp
    }

    private var made = 0

    /// The moment from which vehicles come.
    var stamp: Stamp { Self.start }

    mutating func next(read id: ReadID) -> Vehicle {
        made += 1
        let digits = Array("\(1_000_000_000 + made % 100_000)".utf8)
        guard let tag = TagNumber(.printed, digits: digits) else { preconditionFailure("ten digits are a number") }
        let arrival = Self.start.at + .milliseconds(Int64(made) * 62)
        let read = TagRead(
            id: id, at: arrival + .milliseconds(8), antenna: Self.antenna,
            content: .tag(tag, Judgement(.approved, by: Self.list)))
        var passage = Passage(
            id: PassageID(UInt64(made)), lane: Self.lane, start: arrival,
            decision: .init(.approved, tag: tag, list: Self.list, at: arrival + .milliseconds(9)))
        passage.reads = [.init(read, decidedElsewhere: false)]
        passage.edges = [Edge(detector: DetectorNumber(0), isOccupied: true, at: arrival)]
        let decided = passage
        passage.end = arrival + .milliseconds(220)
        passage.edges.append(Edge(detector: DetectorNumber(0), isOccupied: false, at: arrival + .milliseconds(220)))
        let row = ReadRow(
            id: id, reader: "reader1", position: ReaderPosition(digit: UInt8(made % 8) * 2, frame: digits),
            antenna: Self.antenna, content: .tag(tag), at: read.at, utc: Self.start.utc(at: read.at))
        let stamp = Stamp(at: passage.decision.at, utc: Self.start.utc(at: passage.decision.at), clock: .good)
        return Vehicle(read: row, decided: decided, closed: passage, stamp: stamp)
    }
}
