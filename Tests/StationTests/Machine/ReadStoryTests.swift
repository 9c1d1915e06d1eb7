import Exchange
import Lane
import Sync
import TagReader
import Testing

@testable import Station

@Suite struct `A read` {
    private func world(_ list: AgreementList?) -> StationWorld {
        var world = StationWorld()
        world.start(list: list)
        return world
    }

    @Test func `that decides lights before anything else, and its own row goes to the journal before its passage`()
        throws
    {
        var world = world(try TestList.approving())
        world.edge(true)
        #expect(world.read() == ["show green 1", "commit", "watch decided approved"])
        guard case .read = world.writes.last else {
            Issue.record("the commit under way is the read's")
            return
        }
    }

    @Test func `is acknowledged when its commit has returned, not before`() throws {
        var world = world(try TestList.approving())
        world.edge(true)
        #expect(!world.read().contains("write 0"))
        #expect(!world.run(.milliseconds(300)).contains("write 0"))
        #expect(world.commit() == ["write 0", "commit"], "then the passage's commit")
        #expect(world.commit() == [])
    }

    @Test func `is not acknowledged while the journal cannot be written, and is when it can`() throws {
        var world = world(try TestList.approving())
        world.edge(true)
        world.read()
        #expect(world.failCommit() == [])
        #expect(world.alarms.contains("journalNotWritable"))
        #expect(world.run(.seconds(1)) == [])
        #expect(world.readAgain() == [], "the reader repeats what it has not been told")
        #expect(world.run(.milliseconds(1_500)).contains("commit"))
        #expect(world.commit().contains("write 0"))
        world.commitAll()
        #expect(!world.alarms.contains("journalNotWritable"))
        #expect(world.records(of: .journalNotWritable) == [true, false])
        #expect(world.machine.desk.awaited.isEmpty)
    }

    @Test func `slow to be committed is an alarm until the next one is not`() throws {
        var world = world(try TestList.approving())
        world.read()
        world.run(.milliseconds(450))
        world.commitAll()
        #expect(world.alarms == ["ackSlow reader1"])
        world.run(.seconds(10))
        world.read("7392")
        world.commitAll()
        #expect(world.alarms == [])
        #expect(world.alarmLines == ["alarm.set ackSlow reader1", "alarm.cleared ackSlow reader1"])
    }

    @Test func `taken before the session was synchronised never reaches a lane`() throws {
        var world = StationWorld()
        world.begin()
        world.load(try TestList.approving())
        world.send(.ledger(.opened(JournalState(journal: StationWorld.journal))))
        world.send(.reader(0, .opened, at: world.now))
        world.commitAll()
        world.edge(true)
        #expect(world.read() == ["commit"])
        #expect(world.commit() == ["write 0"])
        #expect(world.run(.milliseconds(100)).contains("watch decided readerDown"))
        let replayed = world.drafts.compactMap { if case .replayedRead(let read) = $0 { read } else { nil } }
        #expect(replayed.map(\.reason) == [.beforeSynchronised])
        #expect(world.machine.desk.statistics[StationWorld.lane1].reads == 0)
    }

    @Test func `of an antenna without a lane is a record of its own`() throws {
        var world = world(try TestList.approving())
        world.edge(true)
        #expect(world.say("4KING \(StationWorld.digits)%01-5-1F-0", 0) == ["commit"])
        #expect(world.commit() == ["write 0"])
        let replayed = world.drafts.compactMap { if case .replayedRead(let read) = $0 { read } else { nil } }
        #expect(replayed.map(\.reason) == [.unknownAntenna] && replayed[0].antenna == nil)
    }

    /// A tag whose every frame comes damaged, under a vehicle in lane 1.
    private func damaged(_ antennas: String) -> StationWorld {
        var world = StationWorld {
            $0.changing("antennas = 0:1\n", to: "antennas = \(antennas)\n")
        }
        world.start(list: nil)
        world.send(.reader(0, .bytes(Array("#4KING 1x02%01-0-1F-0E11E\r\n".utf8)), at: world.now))
        world.run(.milliseconds(200))
        world.edge(true)
        world.run(.milliseconds(300))
        world.edge(false)
        world.run(.seconds(5))
        world.commitAll()
        return world
    }

    @Test(arguments: ["0:1", "3:1", "1:1, 2:1"])
    func `of damaged frames only makes the vehicle unreadable where all ports hang over its lane`(antennas: String) {
        let world = damaged(antennas)
        #expect(world.passages.map(\.decision.outcome) == [.unreadable])
        #expect(world.machine.desk.readers[0].counters[.unplacedEvidence] == nil)
    }

    @Test func `of damaged frames only is counted, and given to no lane, where the ports hang over several`() {
        let world = damaged("0:1, 1:2")
        #expect(world.passages.map(\.decision.outcome) == [.noTag])
        #expect(world.machine.desk.readers[0].counters[.unplacedEvidence] == 1)
        #expect(world.log.contains { $0.event == "reader.unplacedEvidence" })
    }

    @Test func `that keeps echoing is an alarm with its remedy until the echo ends`() throws {
        var world = world(try TestList.approving())
        for number in 0..<20 {
            world.read("\(1_000 + number)")
            for case .write(0, let bytes) in world.takeCommits() where number < 10 {
                world.send(.reader(0, .bytes(bytes), at: world.now))
            }
            if number == 9 { #expect(world.alarms == ["readerError reader1"]) }
            world.run(.seconds(1))
        }
        #expect(world.alarms == [])
        #expect(world.log.contains { $0.fields.contains { $0.value.contains("6170") } })
    }

    @Test func `without a vehicle is a stray read`() throws {
        var world = world(try TestList.approving())
        world.read()
        #expect(world.run(.seconds(5)).contains("watch stray approved"))
        world.commitAll()
        #expect(world.drafts.contains { if case .strayRead = $0 { true } else { false } })
        #expect(world.machine.desk.statistics[StationWorld.lane1].strayReads == 1)
    }
}

@Suite struct `A vehicle` {
    private func outcome(
        _ list: AgreementList?, clock: ClockQuality = .good, _ change: (inout StationWorld) -> Void = { _ in }
    ) -> (said: [String], world: StationWorld) {
        var world = StationWorld()
        world.clock = clock
        world.start(list: list)
        change(&world)
        let said = world.pass()
        world.commitAll()
        return (said, world)
    }

    @Test func `is judged by the list in force when its tag is read`() throws {
        var world = StationWorld()
        world.start(list: try TestList.approving("1000"))
        #expect(world.pass().contains("watch decided notOnList"))
        let next = try TestList.approving(version: 2)
        #expect(world.send(.list(.swapped(next, .adopted(next.version)))).contains("release list 1.1"))
        #expect(world.pass().contains("watch decided approved"))
        world.commitAll()
        #expect(world.passages.map(\.decision.list?.version) == [1, 2])
        let lists: [UInt32] = world.events.compactMap {
            if case .listInForce(_, let version, _) = $0 { version.version } else { nil }
        }
        #expect(lists == [1, 2])
    }

    @Test func `that a list denies is shown yellow and photographed, also where it stands approved`() throws {
        let list = try TestList.list([
            (StationWorld.digits, .agreement(Agreement(.approved))), (StationWorld.digits, .denial),
        ])
        let (said, world) = outcome(list)
        #expect(said.contains("watch decided denied") && said.contains("show top 1"))
        #expect(world.passages[0].photosAreDue && world.passages[0].triggers.count == 1)
    }

    @Test func `with a tag cannot be judged without a list: dark, no photo`() {
        let (said, world) = outcome(nil)
        #expect(said.contains("watch decided unjudged"))
        #expect(!said.contains { $0.hasPrefix("show top") || $0.hasPrefix("capture") })
        #expect(world.alarms.contains("noList national"))
    }

    @Test func `whose issuer is not accepted is refused before the list is asked, and without a list`() throws {
        for list in [try TestList.approving(), nil] {
            var world = StationWorld { $0 + "[issuer own]\nprefix = agency:1\n" }
            world.start(list: list)
            let said = world.pass()
            world.commitAll()
            #expect(said.contains("watch decided issuerNotAccepted") && said.contains("show top 1"))
            #expect(world.passages[0].decision.list == list?.version)
            #expect(world.passages[0].photosAreDue)
        }
    }

    @Test func `whose check digit is wrong is malformed where its issuer demands it, and keeps its number`() throws {
        var world = StationWorld { $0 + "[issuer own]\nprefix = agency:7\nluhn = yes\n" }
        world.start(list: try TestList.approving())
        #expect(world.pass().contains("watch decided malformed"))
        world.commitAll()
        #expect(world.passages[0].decision.tag == TestList.tag(StationWorld.digits))
        #expect(world.passages[0].decision.outcome.resultOp == 5)
    }

    @Test func `is judged by a stale list all the same, flagged, with an alarm`() throws {
        let (said, world) = outcome(try TestList.approving()) { world in
            world.clockOffset = Interval.days(2).milliseconds
            world.run(.seconds(25))
        }
        #expect(said.contains("watch decided approved"))
        #expect(world.passages[0].flags == [.staleList])
        #expect(world.alarms == ["listStale national"])
    }

    @Test func `is not held to dates while nobody vouches for the clock`() throws {
        let expired = try TestList.list([
            (
                StationWorld.digits,
                .agreement(
                    Agreement(
                        .approved, validUntil: UTC(milliseconds: StationWorld.noon - Interval.hours(1).milliseconds)))
            )
        ])
        #expect(outcome(expired).said.contains("watch decided expired"))
        let (said, world) = outcome(expired, clock: .unknown)
        #expect(said.contains("watch decided approved"))
        #expect(world.passages[0].flags == [.clockNotGood] && world.alarms == ["clockNotGood"])
    }

    @Test func `under a reader that synchronises for long is an alarm, whatever holds the reader up`() throws {
        var world = StationWorld()
        world.begin()
        world.run(.milliseconds(4_900))
        #expect(!world.alarms.contains("readerDown reader1"))
        world.run(.milliseconds(200))
        #expect(world.alarms.contains("readerDown reader1"), "the journal does not open: no session has begun")
        let entry = try #require(world.machine.desk.alarms.entries.first { $0.alarm == .readerDown })
        #expect(entry.reason == "synchronising for 5 s")
        world.send(.ledger(.opened(JournalState(journal: StationWorld.journal))))
        for reader in 0...1 { world.synchronise(reader) }
        world.commitAll()
        #expect(!world.alarms.contains { $0.hasPrefix("readerDown") })
        #expect(world.records(of: .readerDown) == [true, true, false, false])
    }

    @Test func `before the readers read is not called one without a tag`() throws {
        var world = StationWorld()
        world.begin()
        world.edge(true)
        #expect(world.run(.milliseconds(100)).contains("watch decided readerDown"))
    }

    @Test func `under a reader that is away is recorded readerDown, dark and photographed, and in its lane only`()
        throws
    {
        var world = StationWorld()
        world.start(list: try TestList.approving())
        world.send(.reader(0, .lost("read /dev/ttyUSB0: Input/output error"), at: world.now))
        #expect(world.alarms == ["readerDown reader1"])
        let said = world.pass(nil)
        #expect(said.contains("watch decided readerDown"))
        #expect(said.contains { $0.hasPrefix("capture") } && !said.contains { $0.hasPrefix("show top") })
        #expect(world.pass(nil, lane: StationWorld.lane2).contains("watch decided noTag"))
        world.synchronise(0)
        #expect(!world.alarms.contains("readerDown reader1") && world.pass(nil).contains("watch decided noTag"))
    }

    @Test func `is counted in its lane's statistics`() throws {
        var world = StationWorld()
        world.start(list: try TestList.approving())
        world.pass()
        world.pass(nil)
        let lane = world.machine.report(at: world.now).lanes[0]
        #expect(lane.vehicles == 2 && lane.reads == 1 && lane.noTag == 1 && lane.photosDue == 1)
        #expect(lane.lastHundred == .init(vehicles: 2, read: 1, perTenThousand: 5_000))
        #expect(world.machine.report(at: world.now).lanes[1].vehicles == 0)
    }
}
