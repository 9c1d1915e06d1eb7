import Exchange
import Glibc
import Lane
import SimDisk
import Storage
import Testing

@testable import Camera

/// Photos on a disk that loses power at any call, in every state that it can leave, and on which any call fails (I3, I10).
@Suite struct PhotoCrashTests {
    private let journal = JournalID(high: 1, low: 2)
    private let front = [UInt8](repeating: 1, count: 300)
    private let rear = [UInt8](repeating: 2, count: 200)

    private func name(_ sequence: UInt64) -> PhotoFileName {
        PhotoFileName(.record(journal, Sequence(sequence)), camera: "front", number: 1)
    }

    private var unnamed: PhotoFileName { PhotoFileName(.unnamed(PassageID(7)), camera: "front", number: 1) }

    /// How far a life of the store came.
    private enum Progress: Int, Comparable {
        case nothing, open, kept, keptUnnamed, renamed, deleting, deleted

        static func < (a: Progress, b: Progress) -> Bool { a.rawValue < b.rawValue }
    }

    /// A disk with a state folder.
    private func disk() throws -> SimulatedDisk {
        let disk = SimulatedDisk(seed: 1)
        try makeFolder("/s", on: disk)
        disk.plan(FaultPlan())
        return disk
    }

    /// Opens the store, keeps two photos, gives one its name and deletes the other; what fails is tried once more.
    private func live(_ disk: SimulatedDisk, triesAgain: Bool = false) -> Progress {
        var progress = Progress.nothing
        func step(_ next: Progress, _ body: () throws -> Void) -> Bool {
            do { try body() } catch {
                guard triesAgain else { return false }
                do { try body() } catch { return false }
            }
            progress = next
            return true
        }
        var opened: PhotoStore?
        guard step(.open, { opened = try PhotoStore(folder: "/s/photos", on: disk) }), let store = opened else {
            return progress
        }
        guard step(.kept, { _ = try store.keep(front, as: name(1), at: Instant(nanoseconds: 0)) }),
            step(.keptUnnamed, { _ = try store.keep(rear, as: unnamed, at: Instant(nanoseconds: 0)) }),
            step(.renamed, { try store.rename(unnamed, to: name(2)) })
        else { return progress }
        progress = .deleting
        guard step(.deleted, { try store.delete(name(1)) }) else { return progress }
        return progress
    }

    private func check(_ disk: SimulatedDisk, after progress: Progress, _ words: Comment) throws {
        let store = try PhotoStore(folder: "/s/photos", on: disk)
        try store.sweepUnfinished()
        let names = disk.names(in: "/s/photos")
        #expect(names.allSatisfy { $0 == "\(name(1))" || $0 == "\(name(2))" }, words)
        let first = disk.bytes(of: store.path(of: name(1)))
        let second = disk.bytes(of: store.path(of: name(2)))
        #expect(first == front || first == nil && (progress < .kept || progress >= .deleting), words)
        #expect(second == rear || second == nil && progress < .renamed, words)
        #expect(
            store.usage == PhotoStore.Usage(files: names.count, bytes: (first?.count ?? 0) + (second?.count ?? 0)),
            words)
    }

    @Test func `a photo that is kept is there whole after a power cut at any call (I3, I10)`() throws {
        let whole = try disk()
        #expect(live(whole) == .deleted)
        var states = 0
        for call in 1...(whole.calls + 1) {
            try PowerCut.forEachState { cut in
                let disk = try disk()
                disk.plan(.failing(call: call, with: .powerCut))
                let progress = live(disk)
                disk.restart(by: &cut)
                states += 1
                try check(disk, after: progress, "call \(call), state \(states)")
            }
        }
        #expect(states > 2 * whole.calls)
    }

    @Test(arguments: [.error(EIO), .error(ENOSPC), .error(EINTR), .short] as [DiskFault])
    func `a call that fails once loses no photo that is kept (I3)`(fault: DiskFault) throws {
        let whole = try disk()
        _ = live(whole)
        for call in 1...whole.calls {
            let disk = try disk()
            disk.plan(.failing(call: call, with: fault))
            let progress = live(disk, triesAgain: true)
            // Nobody tries a rename again: the next start's sweep takes the photo.
            #expect(progress == .deleted || progress == .keptUnnamed, "call \(call)")
            #expect(disk.wornSyncs == 0)
            disk.restart(PowerCut(seed: 1, .losesAll))
            try check(disk, after: progress, "call \(call)")
        }
    }
}
