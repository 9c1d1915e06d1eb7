import Exchange
import Lane
import Testing

struct RecordBoundTests {
    /// A passage in which nothing could be longer, in a station in which no name could be.
    private static let longest: (RecordEncoder, RecordDraft, Stamp) = {
        let name = String(repeating: "n", count: 40)
        var context = Samples.context
        context.station = StationID(.max)
        context.boot = String(repeating: "b", count: 80)
        context.profile = name
        context.list = name
        context.antennas = [AntennaNumber(1): name]
        context.lanes = [LaneNumber(255): .init(detectors: [name], cameras: [name])]
        let list = ListVersion(epoch: .max, version: .max)
        let far = Instant(nanoseconds: .min)
        let tag = Samples.number(.agencySerial, String(repeating: "9", count: 18))
        let decision = Passage.Decision(.authenticationFailed, tag: tag, list: list, at: far)
        var passage = Passage(
            id: PassageID(.max), lane: LaneNumber(255), start: Instant(nanoseconds: -1), decision: decision)
        passage.start(fillingFrom: decision, tag, list, far)
        let photo = PhotoResult(
            camera: CameraNumber(0), trigger: far, .stored(Samples.digest, bytes: .max, at: far))
        let photos = Array(repeating: photo, count: Passage.mostTriggers)
        let stamp = Stamp(at: Instant(nanoseconds: .min), utc: UTC(milliseconds: .min), clock: .unknown)
        return (RecordEncoder(context: context), .passage(passage, photos: photos), stamp)
    }()

    @Test func `the longest passage fits its 4 224 bytes, and says how much room is left`() {
        let (encoder, draft, stamp) = Self.longest
        let body = encoder.body(of: draft, sequence: Sequence(.max), stamp: stamp)
        #expect(body.count <= Record.mostBytes)
        #expect(body.count == 4_110)
        #expect(RecordFields(body: body)?.reads?.count == Passage.mostReads)
    }

    @Test func `beyond the bounds the rest is left out and counted`() throws {
        var passage = Samples.revisedPassage
        passage.reads = Array(repeating: passage.reads[0], count: Passage.mostReads + 3)
        passage.readsLeftOut = 2
        passage.edges = Array(repeating: passage.edges[0], count: Passage.mostEdges + 1)
        passage.triggers = Array(repeating: passage.triggers[0], count: Passage.mostTriggers)
        passage.triggersLeftOut = 1
        let fields = try #require(RecordFields(body: Array(Samples.body(.passage(passage, photos: [])).utf8)))
        #expect(fields.reads?.count == Passage.mostReads)
        #expect(fields.edges?.count == Passage.mostEdges)
        #expect(fields.photos?.count == Passage.mostTriggers)
        #expect((fields.leftOut?.reads, fields.leftOut?.edges, fields.leftOut?.photos) == (5, 1, 1))
    }

    @Test(arguments: [UInt64(1), 2, 3, 4]) func `every draft has a body that a line carries`(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let draft = RecordDraft.any(&chance)
            let stamp = Stamp(at: .any(&chance), utc: UTC(milliseconds: .any(&chance)), clock: .unknown)
            let body = RecordEncoder(context: Samples.context).body(of: draft, sequence: Sequence(7), stamp: stamp)
            let line = RecordLine(digest: .chained(to: .zero, body: body), body: body)
            #expect(try RecordLine(parsing: line.bytes) == line)
            #expect(RecordFields(body: body)?.sequence == Sequence(7))
        }
    }
}

extension Passage {
    fileprivate mutating func start(
        fillingFrom decision: Decision, _ tag: TagNumber, _ list: ListVersion, _ far: Instant
    ) {
        end = far
        earlier = decision
        var read = Read(
            TagRead(
                id: ReadID(.max), at: far, antenna: AntennaNumber(1),
                content: .tag(tag, Judgement(.authenticationFailed, by: list))), decidedElsewhere: true)
        read.repeats = .max
        read.last = far
        reads = Array(repeating: read, count: Self.mostReads)
        readsLeftOut = .max
        edges = Array(
            repeating: Edge(detector: DetectorNumber(0), isOccupied: false, at: far), count: Self.mostEdges)
        edgesLeftOut = .max
        triggersLeftOut = .max
        // Who straddles is flagged so only where no tag has decided, at last or earlier: such a passage is far shorter.
        flags = Flags(rawValue: .max).subtracting(.straddling)
        motion = Motion(
            isForward: false, speed: Speed(millimetresPerSecond: .max), length: Metres(millimetres: .max))
    }
}
