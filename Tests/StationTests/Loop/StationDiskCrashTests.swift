import Camera
import Exchange
import Glibc
import Lane
import SimDisk
import Storage
import Sync
import Testing

@testable import Station

/// Journal and photos together, as the disk worker has them, with a power cut at any call (I1, I3).
@Suite struct StationDiskCrashTests {
    private let journal = JournalID(high: 1, low: 2)
    private let configuration: StationConfiguration
    private let context: RecordContext

    init() throws {
        configuration = try #require(ConfigurationSample.load(StationWorld.text).configuration)
        context = RecordContext(configuration, boot: "boot")
    }

    private func stamp(_ second: Int64) -> Stamp {
        Stamp(
            at: Instant(nanoseconds: second * 1_000_000_000),
            utc: UTC(milliseconds: 1_769_860_800_000 + second * 1_000),
            clock: .good)
    }

    private func image(_ number: UInt64) -> [UInt8] { [UInt8](repeating: UInt8(number), count: 40 * Int(number)) }

    private func result(_ number: UInt64) -> PhotoResult {
        let image = image(number)
        return PhotoResult(
            camera: CameraNumber(0), trigger: stamp(1).at,
            .stored(Digest(of: image), bytes: image.count, at: stamp(1).at))
    }

    private func name(_ number: UInt64) throws -> PhotoName {
        try #require(PhotoName.all(of: [result(number)], Sequence(number), in: LaneNumber(1), context).first?.name)
    }

    private func write(_ number: UInt64, photos: [PhotoResult], isComplete: Bool) -> RecordWrite {
        let passage = Passage(
            id: PassageID(number), lane: LaneNumber(1), start: stamp(Int64(number)).at,
            decision: .init(.noTag, tag: nil, list: nil, at: stamp(Int64(number)).at))
        return RecordWrite(
            sequence: Sequence(number), draft: .passage(passage, photos: photos), stamp: stamp(Int64(number)),
            isComplete: isComplete)
    }

    /// A start, three passages with a photo each, one photo that no record comes to name, and one that central has.
    ///
    /// - Returns: how many passages were sealed by commits that returned.
    private func live(_ disk: SimulatedDisk) throws -> UInt64 {
        let folder = StateFolder(configuration, at: "/state", on: disk)
        var station = StationDisk(context, folder) { journal }
        guard case .ledger(.opened) = station.carryOut(.ledger(.open(settingAside: false)), at: stamp(1)) else {
            return 0
        }
        var sealed: UInt64 = 0
        var commits = 0
        func commit(_ writes: [JournalWrite]) -> Bool {
            commits += 1
            if case .ledger(.committed) = station.carryOut(.ledger(.commit(commits, writes)), at: stamp(1)) {
                return true
            }
            return false
        }
        func keep(_ number: UInt64) throws -> Bool {
            let name = try name(number)
            let file = PhotoFileName(.record(journal, name.sequence), camera: name.camera, number: name.number)
            do { _ = try folder.photoStore().keep(image(number), as: file, at: stamp(1).at) } catch { return false }
            return true
        }
        for number in 1...3 as ClosedRange<UInt64> {
            guard try keep(number), commit([.keep(write(number, photos: [], isComplete: false))]),
                commit([.seal(write(number, photos: [result(number)], isComplete: true))])
            else { return sealed }
            sealed = number
        }
        guard try keep(9), commit([.photoSent(try name(1))]) else { return sealed }
        _ = station.carryOut(.ledger(.deletePhotos([try name(1)])), at: stamp(1))
        _ = station.carryOut(.ledger(.checkpoint), at: stamp(1))
        return sealed
    }

    @Test func `each photo that a record names is there whole, and no other, after a power cut at any call (I1, I3)`()
        throws
    {
        let whole = SimulatedDisk(seed: 0)
        #expect(try live(whole) == 3)
        var photos = 0
        for run in 4...(4 * whole.calls + 3) {
            let call = run / 4
            let disk = SimulatedDisk(seed: UInt64(run))
            disk.plan(.failing(call: call, with: .powerCut))
            let sealed = try live(disk)
            disk.restart(PowerCut(seed: UInt64(run)))
            let words: Comment = "call \(call) of \(whole.calls), seed \(run)"
            let folder = StateFolder(configuration, at: "/state", on: disk)
            var station = StationDisk(context, folder) { journal }
            guard case .ledger(.opened(let state)) = station.carryOut(.ledger(.open(settingAside: false)), at: stamp(9))
            else {
                Issue.record("the next start opens the journal, \(words)")
                continue
            }
            #expect(state.setAside == nil && state.sealedUpTo.number >= sealed, words)
            let reader = try JournalReader(folder: "/state", on: disk)
            var named: [String] = []
            var last: PhotoName?
            while let photo = try reader.photo(after: last, upTo: state.sealedUpTo) {
                let file = PhotoFileName(
                    .record(journal, photo.name.sequence), camera: photo.name.camera, number: photo.name.number)
                let bytes = disk.bytes(of: "/state/photos/\(file)")
                #expect(bytes.map { Digest(of: $0) } == photo.digest, words)
                named.append("\(file)")
                last = photo.name
                photos += 1
            }
            #expect(disk.names(in: "/state/photos") == named.sorted(), words)
        }
        #expect(photos > 2 * whole.calls)
    }
}
