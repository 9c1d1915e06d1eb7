import Camera
import Exchange
import Lane
import Sync
import Testing

@testable import Station

@Suite struct `The workers' boxes` {
    private func workers() throws -> Workers {
        let configuration = try #require(ConfigurationSample.load(StationWorld.text).configuration)
        return try Workers(configuration)
    }

    private let file = PhotoFile(
        name: PhotoFileName(.unnamed(PassageID(1)), camera: "front1", number: 1), digest: .zero, bytes: 1,
        at: Instant(nanoseconds: 0))

    @Test func `let photos that a hung camera has no room for go, and the decision thread on`() throws {
        let workers = try workers()
        let place = LaneCamera(lane: LaneNumber(1), camera: CameraNumber(0))
        for index in 0..<100 {
            let id = PhotoID(passage: PassageID(UInt64(index)), index: 0)
            let job = PhotoJob(id: id, place: place, trigger: Instant(nanoseconds: 0), name: file.name)
            workers.carryOut(.photos(.capture(job)))
        }
        #expect(workers.cameras[place]?.takeAll().count == Workers.mostPhotos)
    }

    @Test func `keep room for a commit, however many photos a hung disk leaves lying`() throws {
        let workers = try workers()
        for _ in 0..<10_000 { workers.carryOut(.photos(.discard(file))) }
        workers.carryOut(.ledger(.commit(1, [])))
        let jobs = workers.disk.takeAll()
        #expect(jobs.count == Workers.mostPhotoFiles + 1)
        guard case .ledger(.commit(1, _)) = jobs.last else {
            Issue.record("the commit is the last job")
            return
        }
    }

    @Test func `go each to the worker that the action concerns`() throws {
        let workers = try workers()
        workers.carryOut(.loadList)
        workers.carryOut(.listUpdater(.verify))
        workers.carryOut(.releaseList(ListVersion(epoch: 1, version: 1)))
        workers.carryOut(.ledger(.checkpoint))
        workers.carryOut(.listUpdater(.ask(after: nil)))
        workers.carryOut(.uploader(.askPosition(StationWorld.journal)))
        #expect(workers.disk.takeAll().count == 1 && workers.lists.takeAll().count == 3)
        #expect(workers.network.takeAll().count == 2)
    }

    @Test func `take nothing more when the station ends`() throws {
        let workers = try workers()
        workers.finish()
        try workers.mailbox.post(.wake)
        #expect(!workers.mailbox.offer(.wake) && !workers.disk.offer(.loadList) && !workers.network.offer(.loadList))
        #expect(workers.stop.isRaised)
    }
}
