import Exchange
import Glibc
import Lane
import Sync
import Testing

@testable import Station

/// The list in force, as records, `status` and people see it.
@Suite struct `A station's list` {
    @Test func `is used at once after a start, flagged until all of it was read`() throws {
        var world = StationWorld()
        world.begin()
        world.load(try TestList.approving())
        world.send(.ledger(.opened(JournalState(journal: StationWorld.journal))))
        for reader in world.machine.readers.indices { world.synchronise(reader) }
        world.commitAll()
        #expect(world.pass().contains("watch decided approved"))
        world.send(.list(.updater(.verified)))
        #expect(world.pass().contains("watch decided approved"))
        world.commitAll()
        #expect(world.passages.map(\.flags) == [[.listUnverified], []])
    }

    @Test func `that was found damaged gives way to the one before, between two decisions`() throws {
        var world = StationWorld()
        world.start(list: try TestList.approving(version: 2))
        let before = try TestList.approving("1000", version: 1)
        let said = world.send(.list(.swapped(before, .damaged("list 1.2 is damaged", inForce: before.version))))
        #expect(said.contains("release list 1.2"))
        #expect(world.alarms.contains("listDamaged national"))
        #expect(world.pass().contains("watch decided notOnList"))
        // And where there is none before it, nobody is judged.
        let none = world.send(.list(.swapped(nil, .damaged("list 1.1 is damaged", inForce: nil))))
        #expect(none.contains("release list 1.1"))
        #expect(world.alarms.contains("noList national"))
        #expect(world.pass().contains("watch decided unjudged"))
    }

    @Test func `of which a lookup finds a part unreadable is read whole at once, and judges nobody meanwhile`() throws {
        let desk = try ListDesk(inForce: 2, before: 1)
        var world = StationWorld()
        world.start(list: desk.inForce)
        world.send(.list(.updater(.newest)))
        #expect(world.pass().contains("watch decided notOnList"))
        #expect(unsafe truncate(desk.files.inForce, 0) == 0)
        let said = world.pass()
        #expect(said.contains("watch decided unjudged") && said.count { $0 == "verify list" } == 1)
        #expect(!world.pass().contains("verify list"), "once is enough")
    }

    @Test func `is another one when a person's order has been carried out, and he is told`() throws {
        var world = StationWorld()
        world.start(list: try TestList.approving(version: 2))
        world.send(.list(.updater(.newest)))
        #expect(world.send(.asked(5, .listBack)) == ["go back"])
        let before = try TestList.approving("1000", version: 1)
        let event = ListUpdater.Event.wentBack(to: before.version, from: ListVersion(epoch: 1, version: 2))
        let actions = world.take(.list(.swapped(before, event)))
        let replies: [ListReply] = actions.compactMap {
            if case .answer(5, .list(let reply)) = $0 { reply } else { nil }
        }
        #expect(replies.map(\.isDone) == [true])
        #expect(world.machine.report(at: world.now).list?.floor == "1.2")
        #expect(world.pass().contains("watch decided notOnList"))
    }

    @Test func `that has no room is an alarm of its own, and ends with the next word`() throws {
        var world = StationWorld()
        world.start(list: try TestList.approving())
        let version = ListVersion(epoch: 1, version: 2)
        let offer = ListOffer(
            name: "national", version: version, kind: .whole, listBytes: 900, bytes: 900, encoding: .identity,
            path: "/v1/lists/national/1.2.list", newest: version)
        world.send(.list(.updater(.offered(offer))))
        world.send(.list(.updater(.noRoom("make room"))))
        #expect(world.alarms == ["listTooLarge national"])
        world.run(.minutes(1))
        world.send(.list(.updater(.newest)))
        #expect(!world.alarms.contains("listTooLarge national"))
    }

    @Test func `that central does not give is an alarm of its own, whatever becomes of the records`() throws {
        var world = StationWorld()
        world.start(list: try TestList.approving())
        world.send(.list(.updater(.later("central answered 500", notBefore: nil))))
        #expect(world.alarms == ["centralUnreachable list"])
        world.run(.minutes(1))
        world.send(.list(.updater(.newest)))
        #expect(!world.alarms.contains("centralUnreachable list"))
        world.run(.minutes(2))
        world.send(.list(.updater(.later("central answered 500", notBefore: nil))))
        #expect(world.alarms.contains("centralUnreachable list"))
        world.run(.minutes(1))
        world.send(.list(.updater(.noOffer("no such list"))))
        #expect(world.alarms.contains("listRefused national"))
        #expect(!world.alarms.contains("centralUnreachable list"), "it answers again")
    }

    @Test func `is shown with its weight, when it was verified, and how the thread that decides is run`() throws {
        var world = StationWorld()
        let list = try TestList.approving()
        world.start(list: list)
        world.send(.scheduled(.refused("the system refuses")))
        world.send(.list(.held(list.version, .notLocked("set LimitMEMLOCK"))))
        world.run(.seconds(10))
        var report = world.machine.report(at: world.now)
        #expect(report.list?.bytes == list.bytes && report.list?.notLockedBecause == "set LimitMEMLOCK")
        #expect(report.list?.verifiedAge.map { $0 >= 10_000 } == true)
        #expect(report.scheduling == "runs as any other: the system refuses")
        world.send(.list(.held(list.version, .locked)))
        report = world.machine.report(at: world.now)
        #expect(report.list?.notLockedBecause == nil)
    }
}
