import Exchange
import Lane
import Sync
import Testing

@testable import Station

@Suite struct `A station` {
    private func world() throws -> StationWorld {
        var world = StationWorld()
        world.start(list: try TestList.approving())
        return world
    }

    @Test func `starts dark, opens journal, lines and list, and then its readers`() {
        var world = StationWorld()
        #expect(
            world.send(.start(world.utc, .good)) == [
                "show dark 1", "show dark 2", "connect lines", "open the journal", "load list",
            ])
        #expect(
            world.send(.ledger(.opened(JournalState(journal: StationWorld.journal)))) == [
                "ask position", "tell ready", "open 0", "open 1", "commit",
            ])
        #expect(world.send(.start(world.utc, .good)) == [], "once")
    }

    @Test func `says in its first record how long it was down, as the journal knows`() {
        var world = StationWorld()
        world.begin()
        let lastMoment = JournalState.LastMoment.sinceBoot(world.now - .seconds(7))
        world.send(.ledger(.opened(JournalState(journal: StationWorld.journal, lastMoment: lastMoment))))
        world.commitAll()
        let downtimes = world.events.compactMap { if case .start(let downtime, _) = $0 { downtime } else { nil } }
        #expect(downtimes == [.seconds(7)])
    }

    @Test func `hears its readers also without a journal, whether it fails or never answers`() {
        var failing = StationWorld()
        failing.begin()
        let failure = JournalFailure("open the journal: Read-only file system")
        #expect(failing.send(.ledger(.openFailed(failure))).starts(with: ["tell ready", "open 0", "open 1"]))
        #expect(failing.alarms.contains("journalNotWritable"))
        var hanging = StationWorld()
        hanging.begin()
        #expect(hanging.run(.seconds(11)).contains("open 0"))
        #expect(!hanging.send(.ledger(.opened(JournalState(journal: StationWorld.journal)))).contains("open 0"))
    }

    @Test func `sets and clears an alarm with a log line and an event record each`() throws {
        var world = try world()
        world.send(.lines(.lost("write /run/lines.sock: Broken pipe")))
        #expect(world.alarms == ["linesDown"])
        #expect(world.run(.seconds(1)).contains("connect lines"))
        world.send(.lines(.lost("connect to /run/lines.sock: Connection refused")))
        #expect(world.machine.desk.alarms.entries.map(\.reason) == ["connect to /run/lines.sock: Connection refused"])
        world.send(.lines(.connected))
        world.commitAll()
        #expect(world.alarms == [] && world.records(of: .linesDown) == [true, false])
        #expect(world.alarmLines == ["alarm.set linesDown", "alarm.cleared linesDown"])
        #expect(world.run(.seconds(5)).filter { $0 == "connect lines" } == [])
    }

    @Test func `says that the clock was set, with the time before and after in one record`() throws {
        var world = try world()
        world.clockOffset = 3_600_000
        world.run(.seconds(20))
        world.commitAll()
        let steps = world.events.compactMap { if case .clockStep(let by, _) = $0 { by } else { nil } }
        #expect(steps == [.hours(1)])
        world.clockOffset += 100
        world.run(.seconds(20))
        world.commitAll()
        #expect(world.events.count { if case .clockStep = $0 { true } else { false } } == 1, "slewing is no step")
    }

    @Test func `lights a tag that another lane may hear once no word of it has come from there, by decideAt`() throws {
        var world = StationWorld { $0.changing("arbitration = 0 s\n", to: "") }
        world.start(list: try TestList.approving())
        let said = world.edge(true) + world.read()
        #expect(!said.contains("show green 1"))
        #expect(world.run(.milliseconds(46)).contains("show green 1"))
    }

    @Test func `shows a wrong-way vehicle nothing, whatever its tag, and records it with it`() throws {
        var world = StationWorld { $0 + "[detector second]\nlane = 1\ninput = lane1.second\nposition = 3 m\n" }
        world.start(list: try TestList.approving())
        world.send(.lines(.edge(input: 2, isHigh: true, at: world.now)))
        world.run(.milliseconds(300))
        let said = world.edge(true) + world.read() + world.run(.milliseconds(150))
        world.send(.lines(.edge(input: 2, isHigh: false, at: world.now)))
        let rest = world.run(.milliseconds(300)) + world.edge(false) + world.run(.seconds(5))
        #expect(said.contains("watch decided approved"))
        #expect(!(said + rest).contains { $0.hasPrefix("show") })
        let notices = world.all.compactMap { if case .watch(let notice) = $0 { notice } else { nil } }
        #expect(notices.last?.flags.contains(.wrongWay) == true && notices.last?.aspect == "dark")
        #expect(notices.last?.motion?.isForward == false)
    }

    @Test func `stops at once when everything is committed`() throws {
        var world = try world()
        #expect(world.send(.stop) == ["tell stopping", "close 0", "close 1", "show dark 1", "show dark 2", "commit"])
        #expect(world.commit() == ["stopped"])
        #expect(world.events.last == .stop)
        #expect(world.send(.stop) == [])
    }

    @Test func `stops without the disk after a second and a half`() throws {
        var world = try world()
        world.send(.stop)
        #expect(world.run(.milliseconds(1_499)) == [])
        #expect(world.run(.milliseconds(1)) == ["stopped"])
    }

    @Test func `closes and seals what is in its lanes when it stops, without lighting it, and takes nothing more`()
        throws
    {
        var world = try world()
        world.edge(true)
        let said = world.send(.stop)
        #expect(said.contains("watch closed noTag") && !said.contains { $0.hasPrefix("show top") })
        #expect(world.edge(true, lane: StationWorld.lane2) == [])
        #expect(world.run(.milliseconds(200)) == [])
        #expect(world.commitAll().contains("stopped"))
        #expect(world.passages.map(\.flags) == [[.cutByStop]])
        #expect(world.machine.ledger.isQuiet)
    }

    @Test func `stops while a photo is under way: it is missing, and the record is sealed`() throws {
        var world = try world()
        world.edge(true)
        world.run(.milliseconds(150))
        world.send(.stop)
        #expect(world.commitAll().contains("stopped"))
        #expect(
            world.photos == [
                [
                    PhotoResult(
                        camera: CameraNumber(0), trigger: world.passages[0].triggers[0].at, .missing(.interrupted))
                ]
            ])
    }

    @Test func `asks for one wake at the most with an event, and does not ask twice for the same`() throws {
        var world = try world()
        for _ in 0..<5 {
            world.pass()
            world.pass(nil, lane: StationWorld.lane2)
            world.commitAll()
        }
        #expect(world.mostWakes == 1)
        let moments = world.all.compactMap { action -> Instant?? in
            if case .wake(let moment) = action { .some(moment) } else { nil }
        }
        #expect(!moments.isEmpty)
    }

    /// A morning with everything in it.
    private func morning() throws -> StationWorld {
        var world = try world()
        for turn in 0..<6 {
            world.pass()
            world.pass("1000", lane: StationWorld.lane2)
            world.pass(nil)
            world.read("1234")
            if turn == 2 { world.send(.lines(.lost("gone"))) }
            if turn == 3 { world.send(.lines(.connected)) }
            if turn == 4 { world.send(.reader(1, .lost("gone"), at: world.now)) }
            world.commitAll()
        }
        world.send(.upload(.refused(Refusal(.malformed, message: "no such tag 1234567391"))))
        world.send(.upload(.later("500 1234567391", notBefore: nil)))
        world.send(.stop)
        world.commitAll()
        return world
    }

    @Test func `does the same again for the same events`() throws {
        let (first, second) = (try morning(), try morning())
        #expect(first.all.map { "\($0)" } == second.all.map { "\($0)" })
        #expect(first.log == second.log)
    }

    @Test func `writes no digit of a tag into any text`() throws {
        let world = try morning()
        #expect(!world.log.isEmpty)
        for entry in world.log { #expect(!entry.line.contains(StationWorld.digits), "\(entry.line)") }
        for action in world.all {
            #expect(!"\(action)".contains("KING"))
            guard case .watch(let notice) = action else { continue }
            #expect(!WatchLine(notice, clear: false).json.contains(StationWorld.digits))
            #expect(!"\(notice)".contains(StationWorld.digits))
        }
        for alarm in world.machine.report(at: world.now).alarms { #expect(!alarm.reason.contains(StationWorld.digits)) }
    }
}

@Suite struct `The central server` {
    private func world() throws -> StationWorld {
        var world = StationWorld()
        world.start(list: try TestList.approving())
        return world
    }

    private func position(_ contiguous: UInt64) -> Event {
        .upload(
            .position(
                PositionAnswer(journal: StationWorld.journal, contiguous: Sequence(contiguous), digest: .zero),
                ours: .zero))
    }

    @Test func `that does not answer is an alarm until it does`() throws {
        var world = try world()
        world.send(.upload(.later("connect to 127.0.0.1: Connection refused", notBefore: nil)))
        #expect(world.alarms == ["centralUnreachable records"])
        #expect(world.run(.minutes(3)).contains("ask position"))
        #expect(world.send(position(0)).contains("send from 1"))
        #expect(world.alarms.contains("centralUnreachable records"), "an answered position delivers nothing")
        let answer = BatchAnswer(journal: StationWorld.journal, contiguous: Sequence(1), digest: .zero)
        world.send(.upload(.batch(answer, ours: .zero)))
        #expect(!world.alarms.contains("centralUnreachable records"))
        #expect(world.pass().contains("watch decided approved"), "nothing changes at the lane")
    }

    @Test func `that refuses each batch is one alarm for hours, and no flood of records`() throws {
        var world = try world()
        world.send(.upload(.later("no answer", notBefore: nil)))
        for _ in 0..<50 {
            world.run(.minutes(5))
            world.send(position(0))
            world.send(.upload(.refused(Refusal(.malformed, message: "no"))))
            world.commitAll()
        }
        #expect(world.alarms.contains("centralRefuses records") && !world.alarms.contains("centralUnreachable records"))
        #expect(world.records(of: .centralRefuses) == [true])
        #expect(world.records(of: .centralUnreachable) == [true, false])
    }

    @Test func `cannot be sent a damaged record: one alarm with its number, until a batch is taken`() throws {
        var world = try world()
        for _ in 0..<5 {
            world.send(position(0))
            world.send(.upload(.unreadable("record 1234567 is damaged")))
            world.run(.minutes(5))
            world.commitAll()
        }
        let entry = world.machine.desk.alarms.entries.first { $0.alarm == .journalDamaged }
        #expect(entry?.reason == "record 1234567 is damaged")
        #expect(!world.alarms.contains("centralUnreachable records"))
        #expect(world.records(of: .journalDamaged) == [true])
        world.send(position(0))
        let answer = BatchAnswer(journal: StationWorld.journal, contiguous: Sequence(1), digest: .zero)
        world.send(.upload(.batch(answer, ours: .zero)))
        #expect(!world.alarms.contains("journalDamaged records"))
    }

    @Test func `that has more than we: the alarm says where the records lie that it has not acknowledged`() throws {
        var world = try world()
        let sealed = world.machine.desk.sealed.number
        world.send(position(99))
        var state = JournalState(journal: JournalID(high: 3, low: 4))
        state.setAside = .init(path: "/state/journal.sqlite.set-aside-1", reason: "a new journal was asked for")
        world.send(.ledger(.opened(state)))
        #expect(world.alarms == ["journalReplaced"])
        #expect(
            world.machine.desk.alarms.entries.map(\.reason) == [
                "central has 99 records, we have \(sealed); \(sealed) records that it has not acknowledged lie in "
                    + "/state/journal.sqlite.set-aside-1"
            ])
    }

    @Test func `has sent a list that is damaged on our disk: an alarm, until a good one is in force`() throws {
        var world = StationWorld()
        world.begin()
        let list = try TestList.approving()
        world.load(list, problem: "the list on this disk cannot be used: the one before it is in force")
        #expect(world.alarms.contains("listDamaged national") && !world.alarms.contains("noList national"))
        world.send(.list(.updater(.verified)))
        world.send(.list(.updater(.newest)))
        #expect(world.alarms.contains("listDamaged national"), "the damaged file was not looked at again")
        let next = try TestList.approving(version: 2)
        world.send(.list(.swapped(next, .adopted(next.version))))
        #expect(!world.alarms.contains("listDamaged national"))
    }

    @Test func `gets sealed records in sequence, and what it has is remembered`() throws {
        var world = try world()
        world.send(position(0))
        let sealed = world.machine.desk.sealed
        #expect(sealed.number > 0)
        let answer = BatchAnswer(journal: StationWorld.journal, contiguous: sealed, digest: .zero)
        world.send(.upload(.batch(answer, ours: .zero)))
        #expect(world.machine.desk.acknowledged == sealed)
        world.run(.seconds(6))
        world.commitAll()
        #expect(world.writes.contains { if case .acknowledged(sealed, _, _) = $0 { true } else { false } })
    }

    @Test func `that rejects records: an alarm, a line each without its words' numbers, and they are set aside`() throws
    {
        var world = try world()
        world.send(position(0))
        let answer = BatchAnswer(
            journal: StationWorld.journal, contiguous: world.machine.desk.sealed, digest: .zero,
            rejected: [.init(sequence: Sequence(1), reason: "tag 1234567391 unknown")])
        world.send(.upload(.batch(answer, ours: .zero)))
        #expect(world.alarms == ["recordsRejected"] && world.machine.desk.rejected == 1)
        #expect(world.log.map(\.line).contains("warning record.rejected sequence=1 reason=\"tag # unknown\""))
        world.run(.seconds(6))
        world.commitAll()
        #expect(
            world.writes.contains {
                if case .acknowledged(_, let rejected, _) = $0 { rejected.count == 1 } else { false }
            })
    }

    @Test func `refuses a list: an alarm, the list in force stays`() throws {
        var world = try world()
        let offer = ListOffer(
            name: "national", version: ListVersion(epoch: 1, version: 2), kind: .whole, listBytes: 900, bytes: 900,
            encoding: .identity, path: "/v1/lists/national/1.2.list", newest: ListVersion(epoch: 1, version: 2))
        #expect(world.send(.list(.updater(.offered(offer)))) == ["look for room"])
        #expect(world.send(.list(.updater(.room(have: 0)))) == ["fetch list"])
        #expect(world.send(.list(.updater(.piece(upTo: 900)))) == ["build list"])
        world.send(.list(.updater(.notBuilt(.refused("the signature is not of a key that we trust")))))
        #expect(world.alarms == ["listRefused national"])
        #expect(world.pass().contains("watch decided approved"))
    }
}
