import Exchange
import Lane

@testable import Sync

func second(_ n: Int64) -> Instant { Instant(nanoseconds: n * 1_000_000_000) }

/// Noon on the last day of January 2026 is second 0.
func stamp(_ n: Int64, clock: ClockQuality = .good) -> Stamp {
    Stamp(at: second(n), utc: UTC(milliseconds: 1_769_860_800_000 + n * 1_000), clock: clock)
}

let tag = tagNumber(7)

func tagNumber(_ n: Int) -> TagNumber {
    guard let tag = TagNumber(.printed, digits: Array(String(1_000_000_000 + n).utf8)) else {
        preconditionFailure("ten digits are a number")
    }
    return tag
}

func passage(_ id: UInt64, lane: UInt8 = 1, at n: Int64 = 0, reads: [ReadID] = []) -> Passage {
    var passage = Passage(
        id: PassageID(id), lane: LaneNumber(lane), start: second(n),
        decision: .init(reads.isEmpty ? .noTag : .approved, tag: reads.isEmpty ? nil : tag, list: nil, at: second(n)))
    passage.reads = reads.map { Passage.Read(tagRead($0, at: n), decidedElsewhere: false) }
    return passage
}

func tagRead(_ id: ReadID, at n: Int64) -> TagRead {
    TagRead(id: id, at: second(n), antenna: AntennaNumber(1), content: .tag(tag, Judgement(.approved, by: nil)))
}

func row(
    _ id: UInt64, at n: Int64 = 0, digit: UInt8 = 4, antenna: UInt8 = 1, _ content: ReplayedRead.Content = .tag(tag)
) -> ReadRow {
    ReadRow(
        id: ReadID(id), reader: "north", position: ReaderPosition(digit: digit, frame: Array("#4KING \(id)".utf8)),
        antenna: AntennaNumber(antenna), content: content, at: second(n), utc: stamp(n).utc)
}

func photo(_ fate: PhotoResult.Fate, camera: UInt8 = 0, at n: Int64 = 0) -> PhotoResult {
    PhotoResult(camera: CameraNumber(camera), trigger: second(n), fate)
}

func stored(_ text: String) -> PhotoResult.Fate {
    .stored(Digest(of: Array(text.utf8)), bytes: text.utf8.count, at: second(1))
}

func write(
    _ sequence: UInt64, _ draft: RecordDraft, _ stamp: Stamp, complete: Bool = true, reads: [UInt64] = []
) -> RecordWrite {
    RecordWrite(
        sequence: Sequence(sequence), draft: draft, stamp: stamp, isComplete: complete,
        reads: reads.map { ReadID($0) })
}

let journalA = JournalID(high: 1, low: 2)

let context = RecordContext(
    station: StationID(42), journal: journalA, boot: "boot-1", configuration: .zero, profile: "classic",
    list: "national", antennas: [AntennaNumber(1): "north1"],
    lanes: [LaneNumber(1): .init(detectors: ["loop"], cameras: ["front", "rear"])])

let event = RecordDraft.event(.stop)
