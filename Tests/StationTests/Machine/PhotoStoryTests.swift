import Camera
import Exchange
import Lane
import Sync
import Testing

@testable import Station

@Suite struct `A photo` {
    private func world() throws -> StationWorld {
        var world = StationWorld()
        world.start(list: try TestList.approving())
        return world
    }

    /// A vehicle without a tag comes under the detector, and its camera fires.
    private func trigger(_ world: inout StationWorld) throws -> PhotoJob {
        world.edge(true)
        let before = world.all.count
        world.run(.milliseconds(80))
        let jobs = world.all[before...].compactMap { action -> PhotoJob? in
            if case .photos(.capture(let job)) = action { job } else { nil }
        }
        return try #require(jobs.first)
    }

    private func file(of job: PhotoJob, at world: StationWorld) -> PhotoFile {
        PhotoFile(name: job.name, digest: Digest(of: [1, 2, 3]), bytes: 3, at: world.now)
    }

    private func leave(_ world: inout StationWorld) -> [String] {
        world.edge(false)
        return world.run(.seconds(5))
    }

    @Test func `is taken at its trigger, settled when its passage is closed, and then the record is sealed`() throws {
        var world = try world()
        let job = try trigger(&world)
        world.commitAll()
        let taken = world.now
        #expect(world.send(.photos(.captured(job.id, file(of: job, at: world)))) == [])
        world.commitAll()
        let said = leave(&world)
        #expect(said == ["commit", "watch closed noTag", "show dark 1"])
        world.commitAll()
        guard case .seal(let write) = try #require(world.writes.last), case .passage(_, let photos) = write.draft else {
            Issue.record("the passage is sealed last")
            return
        }
        #expect(photos.map(\.fate) == [.stored(Digest(of: [1, 2, 3]), bytes: 3, at: taken)])
        #expect(world.machine.report(at: world.now).lanes[0].photosTaken == 1)
    }

    @Test func `that does not come holds its record back, until it is missing`() throws {
        var world = try world()
        let job = try trigger(&world)
        _ = leave(&world)
        world.commitAll()
        #expect(world.machine.ledger.waiting == 1, "closed, and not sealed")
        world.send(.photos(.failed(job.id, .cameraSilent)))
        world.commitAll()
        #expect(world.machine.ledger.isQuiet && world.photos.last?.map(\.fate) == [.missing(.cameraSilent)])
    }

    @Test func `of a passage that is approved after all is thrown away`() throws {
        var world = try world()
        let job = try trigger(&world)
        world.send(.photos(.captured(job.id, file(of: job, at: world))))
        #expect(world.read().contains("watch revised approved"))
        world.commitAll()
        #expect(leave(&world).contains("discard \(job.name)"))
        world.commitAll()
        #expect(world.photos.last?.map(\.fate) == [.discarded])
    }

    @Test func `taken before there was a journal is renamed when its passage has a name`() throws {
        var world = StationWorld()
        world.begin()
        let job = try trigger(&world)
        #expect("\(job.name)".hasPrefix("unnamed-"))
        world.send(.photos(.captured(job.id, file(of: job, at: world))))
        let said = world.send(.ledger(.opened(JournalState(journal: StationWorld.journal))))
        #expect(said.contains { $0.hasPrefix("rename \(job.name) \(StationWorld.journal.hex)-") })
    }

    @Test func `gets another name when the journal is begun anew`() throws {
        var world = try world()
        let job = try trigger(&world)
        world.send(.photos(.captured(job.id, file(of: job, at: world))))
        world.commitAll()
        let digest = Digest(of: [9])
        let said = world.send(
            .upload(
                .position(
                    PositionAnswer(journal: StationWorld.journal, contiguous: Sequence(99), digest: digest), ours: nil))
        )
        #expect(said == ["open a new journal"])
        let other = JournalID(high: 0x33, low: 0x44)
        let renamed = world.send(.ledger(.opened(JournalState(journal: other)))).filter { $0.hasPrefix("rename") }
        #expect(renamed.count == 1 && renamed[0].hasPrefix("rename \(job.name) \(other.hex)-"))
        #expect(world.alarms.contains("journalReplaced"))
        #expect(world.machine.desk.sequences.count == 1, "the one vehicle that is there")
        #expect(leave(&world).contains("watch closed noTag"))
        #expect(world.machine.desk.sequences.isEmpty && world.machine.desk.circumstances.isEmpty)
    }

    @Test(arguments: [
        (StoreCondition.holdsMostBytes(16_000_000_000), "its limit of 16000000000 bytes is reached"),
        (.holdsMostFiles(200_000), "its limit of 200000 photos is reached"), (.diskFull, "the disk is full"),
        (.failed, "the disk failed"),
    ])
    func `that finds no room is an alarm that says why, until the store has room again`(
        condition: StoreCondition, reason: String
    ) throws {
        var world = try world()
        #expect(!world.run(.seconds(20)).contains("look at photos"), "nobody looks at a store that is well")
        let job = try trigger(&world)
        world.send(.photos(.failed(job.id, .storeFull, store: condition)))
        #expect(world.alarms == ["photoStoreFull"])
        #expect(world.machine.desk.alarms.entries.map(\.reason) == [reason])
        #expect(world.run(.seconds(10)).contains("look at photos"))
        world.send(.photos(.store(condition)))
        #expect(world.alarms.contains("photoStoreFull"))
        #expect(world.run(.seconds(10)).contains("look at photos"))
        world.send(.photos(.store(.hasRoom)))
        world.commitAll()
        #expect(!world.alarms.contains("photoStoreFull") && world.records(of: .photoStoreFull) == [true, false])
        #expect(!world.run(.seconds(20)).contains("look at photos"))
    }

    @Test func `fails again and again: an alarm of its camera, cleared by the next one that comes`() throws {
        var world = try world()
        for _ in 0..<3 {
            let job = try trigger(&world)
            world.send(.photos(.failed(job.id, .notAnImage)))
            _ = leave(&world)
        }
        #expect(world.alarms == ["cameraFaulty front1"])
        let job = try trigger(&world)
        world.send(.photos(.captured(job.id, file(of: job, at: world))))
        world.commitAll()
        #expect(world.alarms == [] && world.records(of: .cameraFaulty) == [true, false])
    }
}
