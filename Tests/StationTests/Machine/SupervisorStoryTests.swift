import Devices
import Exchange
import Lane
import Sync
import Testing

@testable import Station

@Suite struct `Whoever starts the station` {
    @Test func `is told that it is ready when the journal is open, and that it lives every ten seconds`() throws {
        var world = StationWorld()
        world.begin()
        #expect(world.toldOf == [])
        world.send(.ledger(.opened(JournalState(journal: StationWorld.journal))))
        #expect(world.toldOf == [.ready])
        world.commitAll()
        world.run(.seconds(35))
        #expect(world.toldOf == [.ready, .alive, .alive, .alive])
        world.send(.stop)
        #expect(world.toldOf.last == .stopping)
    }

    @Test func `is told so, too, of a station whose disk fails or says nothing: it serves its lanes`() {
        var failing = StationWorld()
        failing.begin()
        failing.send(.ledger(.openFailed(JournalFailure("open the journal: Read-only file system"))))
        #expect(failing.toldOf == [.ready])
        var hanging = StationWorld()
        hanging.begin()
        hanging.run(.seconds(11))
        #expect(hanging.toldOf == [.ready, .alive])
    }

    @Test func `hears nothing more once the disk has not answered for five minutes, until it does`() throws {
        var world = StationWorld()
        world.begin()
        world.send(.ledger(.opened(JournalState(journal: StationWorld.journal))))
        let number = try #require(world.commits.last, "the records of the start are being written")
        world.run(StationMachine.diskHung)
        world.run(.seconds(10))
        let told = world.toldOf.count
        world.run(.minutes(5))
        #expect(world.toldOf.count == told)
        // A failure is an answer.
        world.send(.ledger(.failed(number, JournalFailure("write the journal: Input/output error"))))
        world.run(.seconds(11))
        #expect(world.toldOf.count == told + 1)
    }
}

extension StationWorld {
    /// What whoever started the station was told.
    var toldOf: [Supervisor.Word] { all.compactMap { if case .tell(let word) = $0 { word } else { nil } } }
}
