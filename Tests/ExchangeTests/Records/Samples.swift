import Exchange
import Lane

/// Drafts that the tests of this folder share.
enum Samples {
    static let digest = Digest(of: Array("abc".utf8))
    static let pan = number(.pan, "9578220000000000006")
    static let printed = number(.printed, "0712345678")
    static let list = ListVersion(epoch: 1, version: 7)
    static let second: Int64 = 1_000_000_000

    static let context = RecordContext(
        station: StationID(42), journal: JournalID(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210),
        boot: "0b5d4b1e-6c1c-4a57-9a3e-5f3c9d1b2a10", configuration: digest, profile: "classic", list: "norway",
        antennas: [AntennaNumber(1): "north"],
        lanes: [LaneNumber(1): .init(detectors: ["loop"], cameras: ["front", "rear"])])

    /// Made 12 s after the computer started, at noon.
    static let stamp = Stamp(
        at: Instant(nanoseconds: 12 * second), utc: UTC(milliseconds: 1_769_860_800_123), clock: .good)

    static func body(_ draft: RecordDraft, sequence: UInt64 = 5) -> String {
        let encoder = RecordEncoder(context: context)
        return String(decoding: encoder.body(of: draft, sequence: Sequence(sequence), stamp: stamp), as: UTF8.self)
    }

    static func at(_ milliseconds: Int64) -> Instant { Instant(nanoseconds: milliseconds * 1_000_000) }

    static func number(_ system: TagNumber.System, _ digits: String) -> TagNumber {
        guard let number = TagNumber(system, digits: Array(digits.utf8)) else {
            preconditionFailure("a sample is a number")
        }
        return number
    }

    /// Half a second without a tag, then a late read.
    static var revisedPassage: Passage {
        let judgement = Judgement(.blocked, by: list)
        var passage = Passage(
            id: PassageID(1), lane: LaneNumber(1), start: at(10_000),
            decision: .init(.blocked, tag: pan, list: list, at: at(10_500)))
        passage.earlier = .init(.noTag, tag: nil, list: nil, at: at(10_200))
        var read = Passage.Read(
            TagRead(id: ReadID(3), at: at(10_400), antenna: AntennaNumber(1), content: .tag(pan, judgement)),
            decidedElsewhere: false)
        read.repeats = 2
        read.last = at(10_480)
        passage.reads = [read]
        passage.edges = [
            Edge(detector: DetectorNumber(0), isOccupied: true, at: at(10_000)),
            Edge(detector: DetectorNumber(0), isOccupied: false, at: at(10_450)),
        ]
        passage.end = at(10_450)
        passage.triggers = [
            .init(camera: CameraNumber(0), at: at(10_250)), .init(camera: CameraNumber(1), at: at(10_460)),
        ]
        passage.flags = [.revised, .secondTag]
        passage.photosAreDue = true
        return passage
    }
}
