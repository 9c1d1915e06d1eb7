import Exchange
import Lane
import Testing

struct RecordFieldsTests {
    private func fields(_ draft: RecordDraft) throws -> RecordFields {
        try #require(RecordFields(body: Array(Samples.body(draft).utf8)))
    }

    @Test func `a passage is read back`() throws {
        let photo = PhotoResult(
            camera: CameraNumber(0), trigger: Samples.at(10_250),
            .stored(Samples.digest, bytes: 97_000, at: Samples.at(10_262)))
        let fields = try fields(.passage(Samples.revisedPassage, photos: [photo]))
        #expect((fields.v, fields.station, fields.type) == (1, 42, "passage"))
        #expect(fields.journal == Samples.context.journal)
        #expect(fields.sequence == Sequence(5))
        #expect(fields.time.utc == "2026-01-31T11:59:58.123Z")
        #expect(fields.end == 450_000_000)
        let decision = try #require(fields.decision)
        #expect((decision.outcome, decision.resultOp, decision.resultFin) == ("blocked", 20, 64))
        #expect(decision.tag.flatMap { TagNumber(recordText: $0) } == Samples.pan)
        #expect((decision.list?.epoch, decision.list?.version) == (1, 7))
        #expect(fields.earlier?.outcome == "noTag")
        #expect(fields.reads?.map(\.repeats) == [2])
        #expect(fields.edges?.map(\.isOccupied) == [true, false])
        #expect(fields.photos?.map(\.digest) == [Samples.digest, nil])
        #expect(fields.photos?.map(\.missing) == [nil, "unsettled"])
        #expect(fields.flags == ["secondTag", "revised"])
    }

    @Test func `a vehicle's motion is read back, and is not missed in records without it`() throws {
        var passage = Samples.revisedPassage
        #expect(try fields(.passage(passage, photos: [])).motion == nil)
        passage.motion = Motion(
            isForward: false, speed: .kilometresPerHour(72), length: Metres(millimetres: 4_500))
        passage.flags = .wrongWay
        let body = Samples.body(.passage(passage, photos: []))
        #expect(body.contains(#""end":450000000,"motion":{"forward":false,"speed":20000,"length":4500},"decision":"#))
        let fields = try fields(.passage(passage, photos: []))
        #expect((fields.motion?.forward, fields.motion?.speed, fields.motion?.length) == (false, 20_000, 4_500))
        #expect(fields.flags == ["wrongWay"])
    }

    @Test func `every other type is read back`() throws {
        let gap = Gap(lane: LaneNumber(2), from: Samples.at(1_000), to: Samples.at(11_000), count: 17)
        #expect(try fields(.gap(gap)).count == 17)
        #expect(try fields(.event(.configuration(Samples.digest))).digest == Samples.digest)
        let read = ReplayedRead(
            id: ReadID(4), reader: "ecp", antenna: nil, content: .tag(Samples.pan),
            moment: .earlier(boot: "other", at: Samples.at(7), utc: UTC(milliseconds: 0)), reason: .withoutRecord)
        let replayed = try fields(.replayedRead(read))
        #expect((replayed.read?.id, replayed.start?.boot, replayed.reason) == (4, "other", "withoutRecord"))
    }

    @Test func `what a newer station adds is skipped, and what is no record is none`() {
        let body = Samples.body(.event(.stop))
        let newer = body.dropLast() + #","novelty":{"a":[1]}}"#
        #expect(RecordFields(body: Array(newer.utf8))?.event == "stop")
        for text in ["", "{}", "[]", "null", String(body.dropLast())] {
            #expect(RecordFields(body: Array(text.utf8)) == nil)
        }
    }

    @Test(arguments: [
        "pan:9578220000000000006", "printed:0712345678", "agency:000000000000000001", "ata:AB 12",
    ])
    func `a tag's text leads back to its number`(text: String) throws {
        #expect(try #require(TagNumber(recordText: text)).recordText == text)
    }

    @Test(arguments: [
        "", "pan", "pan:", ":1", "PAN:1", "pan:12a", "pan:12345678901234567890", "ata:12345678901", "x:1",
    ])
    func `any other text is no number`(text: String) {
        #expect(TagNumber(recordText: text) == nil)
    }

    @Test func `the words of records are part of the format`() {
        #expect(
            Outcome.allCases.map(\.word) == [
                "approved", "noticePrepaidLow", "noticeOverdue", "blocked", "denied", "expired", "notYetValid",
                "notOnList", "issuerNotAccepted", "malformed", "authenticationFailed", "unreadable", "noTag",
                "unjudged", "readerDown",
            ])
        #expect(
            [LaneState.normal, .withoutDetector, .occupiedAtStart, .detectorStuck].map(\.word) == [
                "normal", "withoutDetector", "occupiedAtStart", "detectorStuck",
            ])
        #expect([ClockQuality.good, .unknown].map(\.word) == ["good", "unknown"])
        #expect(
            PhotoMissing.allCases.map(\.rawValue) == [
                "cameraSilent", "cameraRefused", "notAnImage", "tooLarge", "queueFull", "storeFull", "diskFailed",
                "interrupted", "unsettled",
            ])
    }
}
