import Exchange
import Lane
import Testing

/// The bytes of each type of record, as literals: whoever changes one changes the format.
struct RecordBodyTests {
    /// What every record of the samples begins with.
    private func head(_ type: String) -> String {
        #"{"v":1,"station":42,"journal":"0123456789abcdeffedcba9876543210","sequence":5,"type":"\#(type)","#
            + #""boot":"0b5d4b1e-6c1c-4a57-9a3e-5f3c9d1b2a10","at":{"utc":"2026-01-31T12:00:00.123Z","mono":12000000000},"#
            + #""clock":"good","#
    }
    private let circumstances = #""listName":"norway","configuration":"bddd813c63423972","profile":"classic"}"#
    private let digest = "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"

    @Test func `a passage`() {
        let photos = [
            PhotoResult(
                camera: CameraNumber(0), trigger: Samples.at(10_250),
                .stored(Samples.digest, bytes: 97_000, at: Samples.at(10_262))),
            PhotoResult(camera: CameraNumber(1), trigger: Samples.at(10_460), .missing(.cameraSilent)),
        ]
        #expect(
            Samples.body(.passage(Samples.revisedPassage, photos: photos)) == head("passage")
                + #""lane":1,"start":{"utc":"2026-01-31T11:59:58.123Z","mono":10000000000},"end":450000000,"#
                + #""decision":{"outcome":"blocked","resultOp":20,"resultFin":64,"tag":"pan:9578220000000000006","#
                + #""list":[1,7],"of":0,"offset":500000000},"#
                + #""earlier":{"outcome":"noTag","of":0,"offset":200000000},"#
                + #""reads":[{"id":3,"tag":"pan:9578220000000000006","antenna":"north","offset":400000000,"repeats":2,"#
                + #""last":480000000,"outcome":"blocked","list":[1,7]}],"#
                + #""edges":[["loop",1,0],["loop",0,450000000]],"#
                + #""photos":[{"camera":"front","offset":250000000,"digest":"\#(digest)","bytes":97000,"#
                + #""image":262000000},{"camera":"rear","offset":460000000,"missing":"cameraSilent"}],"#
                + #""flags":["secondTag","revised"],"photosDue":true,"# + circumstances)
    }

    @Test func `a passage without anything`() {
        let passage = Passage(
            id: PassageID(1), lane: LaneNumber(3), start: Samples.at(12_000),
            decision: .init(.readerDown, tag: nil, list: nil, at: Samples.at(12_000)))
        #expect(
            Samples.body(.passage(passage, photos: [])) == head("passage")
                + #""lane":3,"start":{"utc":"2026-01-31T12:00:00.123Z","mono":12000000000},"#
                + #""decision":{"outcome":"readerDown","of":0,"offset":0},"reads":[],"edges":[],"photos":[],"flags":[],"#
                + #""photosDue":false,"# + circumstances)
    }

    @Test func `photos stand in the order of their triggers, unsettled where no result has come`() {
        let discarded = PhotoResult(camera: CameraNumber(1), trigger: Samples.at(10_460), .discarded)
        #expect(
            Samples.body(.passage(Samples.revisedPassage, photos: [discarded])).contains(
                #""photos":[{"camera":"front","offset":250000000,"missing":"unsettled"},"#
                    + #"{"camera":"rear","offset":460000000,"discarded":true}],"#))
    }

    @Test func `a stray read`() {
        let first = TagRead(
            id: ReadID(9), at: Samples.at(11_999), antenna: AntennaNumber(2),
            content: .tag(Samples.printed, Judgement(.notOnList, by: Samples.list)))
        let stray = StrayRead(lane: LaneNumber(1), read: .init(first, decidedElsewhere: true))
        #expect(
            Samples.body(.strayRead(stray)) == head("strayRead")
                + #""lane":1,"start":{"utc":"2026-01-31T12:00:00.122Z","mono":11999000000},"#
                + #""read":{"id":9,"tag":"printed:0712345678","antenna":"antenna2","offset":0,"outcome":"notOnList","#
                + #""list":[1,7],"elsewhere":true},"# + circumstances)
    }

    @Test func `a replayed read whose time lies between two moments`() {
        let read = ReplayedRead(
            id: ReadID(4), reader: "ecp", antenna: AntennaNumber(1), content: .tag(Samples.pan),
            moment: .between(Samples.at(2_000), Samples.at(12_000)), reason: .beforeSynchronised)
        #expect(
            Samples.body(.replayedRead(read)) == head("replayedRead")
                + #""read":{"id":4,"tag":"pan:9578220000000000006","reader":"ecp","antenna":"north"},"#
                + #""reason":"beforeSynchronised","from":{"utc":"2026-01-31T11:59:50.123Z","mono":2000000000},"#
                + #""to":{"utc":"2026-01-31T12:00:00.123Z","mono":12000000000}}"#)
    }

    @Test func `a replayed read of an earlier run`() {
        let read = ReplayedRead(
            id: ReadID(4), reader: "ecp", antenna: nil, content: .unreadable,
            moment: .earlier(boot: "other", at: Samples.at(7), utc: UTC(milliseconds: 0)), reason: .withoutRecord)
        #expect(
            Samples.body(.replayedRead(read)) == head("replayedRead")
                + #""read":{"id":4,"outcome":"unreadable","reader":"ecp"},"reason":"withoutRecord","#
                + #""start":{"utc":"1970-01-01T00:00:00.000Z","mono":7000000,"boot":"other"}}"#)
    }

    @Test func `a replayed read with a moment of its own`() {
        let read = ReplayedRead(
            id: ReadID(4), reader: "ecp", antenna: nil, content: .malformed, moment: .at(Samples.at(11_000)),
            reason: .withoutRecord)
        #expect(
            Samples.body(.replayedRead(read)) == head("replayedRead")
                + #""read":{"id":4,"outcome":"malformed","reader":"ecp"},"reason":"withoutRecord","#
                + #""start":{"utc":"2026-01-31T11:59:59.123Z","mono":11000000000}}"#)
    }

    @Test func `a gap`() {
        let gap = Gap(lane: LaneNumber(2), from: Samples.at(1_000), to: Samples.at(11_000), count: 17)
        #expect(
            Samples.body(.gap(gap)) == head("gap")
                + #""lane":2,"from":{"utc":"2026-01-31T11:59:49.123Z","mono":1000000000},"#
                + #""to":{"utc":"2026-01-31T11:59:59.123Z","mono":11000000000},"count":17}"#)
    }

    @Test(arguments: [
        (StationEvent.start(downtime: .seconds(3), version: "0.1"), #""start","version":"0.1","downtime":3000000000}"#),
        (.start(downtime: nil, version: "0.1"), #""start","version":"0.1"}"#), (.stop, #""stop"}"#),
        (.laneState(LaneNumber(1), .detectorStuck), #""laneState","lane":1,"state":"detectorStuck"}"#),
        (
            .listInForce(name: "norway", Samples.list, digest: .zero),
            #""listInForce","listName":"norway","list":[1,7],"digest":"\#(Digest.zero.hex)"}"#
        ),
        (
            .degraded(alarm: "readerSilent", isSet: true, subject: "ecp"),
            #""degraded","alarm":"readerSilent","set":true,"subject":"ecp"}"#
        ),
        (
            .clockStep(by: .milliseconds(-5), uncertainty: .microseconds(90)),
            #""clockStep","by":-5000000,"uncertainty":90000}"#
        ),
        (.clockStep(by: .zero, uncertainty: nil), #""clockStep","by":0}"#),
        (.configuration(.zero), #""configuration","digest":"\#(Digest.zero.hex)"}"#),
    ])
    func `events of the station`(event: StationEvent, rest: String) {
        #expect(Samples.body(.event(event)) == head("event") + #""event":"# + rest)
    }

    @Test func `texts are ASCII, escaped, and cut between two characters`() {
        let event = StationEvent.degraded(
            alarm: "å\"\\\n\u{7F}😀", isSet: false, subject: String(repeating: "ø", count: 11))
        #expect(
            Samples.body(.event(event)).hasSuffix(
                #""alarm":"\u00e5\"\\\u000a\u007f\ud83d\ude00","set":false,"#
                    + #""subject":"\#(String(repeating: #"\u00f8"#, count: 10))"}"#))
    }
}
