import Lane
import Testing

@testable import Station

@Suite struct `The status in words` {
    private func report() -> StatusReport {
        var world = StationWorld()
        world.begin()
        var report = world.machine.report(at: world.now)
        report.uptime = 93_784_000
        report.lanes[0].vehicles = 1_000
        report.lanes[0].reads = 990
        report.lanes[0].lastHundred = .init(vehicles: 100, read: 99, perTenThousand: 9_900)
        report.lanes[0].lastDay = .init(vehicles: 1_000, read: 987, perTenThousand: 9_870)
        report.lanes[0].lastVehicleAge = 61_000
        report.alarms = [
            .init(alarm: "readerDown", subject: "reader1", reason: "silent", meaning: "lamps stay dark", age: 3_599_000)
        ]
        report.sync = .init(
            journal: "ab", sealed: 12, acknowledged: 10, waiting: 2, unsealed: 1, rejected: 0, lastAnswerAge: 999)
        report.list = .init(name: "national", epoch: 1, version: 7, agreements: 3, age: 172_800_000, isStale: true)
        return report
    }

    @Test func `tells alarms first, with what they mean`() {
        let lines = StatusText(report()).text.split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("station 42 "))
        #expect(lines[0].contains("running for 1 d 2 h"))
        #expect(lines[1] == "ALARM readerDown reader1 for 59 min 59 s: silent" && lines[2] == "      lamps stay dark")
    }

    @Test func `has a row a lane, under its heading's columns`() throws {
        let lines = StatusText(report()).text.split(separator: "\n").map(String.init)
        let heading = try #require(lines.firstIndex { $0.hasPrefix("lane ") })
        let row = lines[heading + 1]
        #expect(
            row.contains("99.0 %") && row.contains("98.7 %") && row.contains("1 min 1 s ago") && row.contains("never"))
        for (column, value) in [("state", "normal"), ("lamp", "dark"), ("vehicles", "1000"), ("read 100", "99.0 %")] {
            let start = try #require(lines[heading].firstRange(of: column)).lowerBound
            let offset = lines[heading].distance(from: lines[heading].startIndex, to: start)
            #expect(row.dropFirst(offset).hasPrefix(value), "\(column)")
        }
    }

    @Test func `ends with delivery and list`() {
        let lines = StatusText(report()).text.split(separator: "\n").map(String.init)
        #expect(
            lines.suffix(3) == [
                "journal ab: 12 records, 10 at the central server, 2 waiting, 1 not sealed, 0 rejected; last answer 999 ms ago",
                "list national 1.7: 3 agreements, issued 2 d 0 h ago, STALE",
                "list 0 bytes, locked in memory, not verified yet, before it none",
            ])
        var whole = report()
        whole.list?.bytes = 900
        whole.list?.verifiedAge = 61_000
        whole.list?.notLockedBecause = "set LimitMEMLOCK=infinity"
        whole.list?.previous = "1.6"
        whole.list?.floor = "1.8"
        (whole.listProgress, whole.scheduling) = ("1.9 is fetched: 1 of 2 bytes", "runs as any other")
        #expect(
            StatusText(whole).text.split(separator: "\n").suffix(3) == [
                "list 900 bytes, not locked: set LimitMEMLOCK=infinity, verified 1 min 1 s ago, before it 1.6, somebody went back from 1.8",
                "list 1.9 is fetched: 1 of 2 bytes", "decision thread: runs as any other",
            ])
        var bare = report()
        (bare.sync, bare.list, bare.alarms) = (nil, nil, [])
        #expect(StatusText(bare).text.contains("no alarms"))
        #expect(StatusText(bare).text.hasSuffix("journal: not open\nlist: none"))
    }

    @Test(
        arguments: [
            (0, "0 ms"), (999, "999 ms"), (1_000, "1 s"), (59_999, "59 s"), (60_000, "1 min 0 s"),
            (3_600_000, "1 h 0 min"),
            (86_400_000, "1 d 0 h"), (-5, "-5 ms"),
        ] as [(Int64, String)])
    func `tells a span of time in its two largest units`(milliseconds: Int64, text: String) {
        #expect(StatusText.span(milliseconds) == text)
    }
}

@Suite struct `A passage in words` {
    private let notice = PassageNotice(
        moment: .revised, sequence: Sequence(42), lane: LaneNumber(2), utc: UTC(milliseconds: StationWorld.noon),
        outcome: .approved, tag: TestList.tag("1234567890"), aspect: "green", photos: 1, flags: [.revised, .staleList],
        motion: Motion(isForward: true, speed: .kilometresPerHour(72), length: Metres(millimetres: 4_570)),
        decidedAfter: .milliseconds(68))

    @Test func `is one line under its heading's columns, without the tag's number`() throws {
        let text = WatchText(WatchLine(notice, clear: false)).text
        #expect(
            text
                == "2026-01-31T12:00:00.000Z  2     42      revised   approved           green   68 ms    agencySerial, 1 triggered, 72 km/h 4.5 m, revised, staleList"
        )
        for (column, value) in [
            ("lane", "2"), ("record", "42"), ("what", "revised"), ("lamp", "green"), ("tag,", "agency"),
        ] {
            let start = try #require(WatchText.heading.firstRange(of: column)).lowerBound
            let offset = WatchText.heading.distance(from: WatchText.heading.startIndex, to: start)
            #expect(text.dropFirst(offset).hasPrefix(value), "\(column)")
        }
    }

    @Test func `as JSON has the number only for those who asked for it`() {
        let line = WatchLine(notice, clear: false)
        #expect(
            line.json
                == #"{"aspect":"green","decidedAfter":68,"flags":["revised","staleList"],"lane":2,"length":4570,"moment":"revised","outcome":"approved","photos":1,"sequence":42,"speed":20000,"tag":"agencySerial","utc":"2026-01-31T12:00:00.000Z"}"#
        )
        #expect(WatchLine(notice, clear: true).tag == "agencySerial:1234567890")
        #expect(String(decoding: line.event, as: UTF8.self) == "data: \(line.json)\n\n")
    }
}
