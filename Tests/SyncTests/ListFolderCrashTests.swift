import Exchange
import Lane
import SimDisk
import Storage
import TestSupport
import Testing

@testable import Sync

/// The steps by which one list takes the place of another, cut by the power at any call, in every state that the cut can leave (I10).
///
/// Lists are mapped from the system's disk. So the steps are made for files there, and carried out under the same names on the
/// simulated disk, where a version's file is a few bytes.
@Suite struct ListFolderCrashTests {
    private typealias File = KeyPath<ListFolder, String>

    private let folder: TemporaryFolder
    private let lists: ListFolder

    init() throws {
        folder = try TemporaryFolder()
        lists = ListFolder(folder: folder.path, name: "national", keys: [])
    }

    private func bytes(_ version: UInt8) -> [UInt8] { [UInt8](repeating: version, count: 90) }

    /// Which version's file that is; nil when there is none, or another file.
    private func version(_ disk: SimulatedDisk, _ path: String) -> UInt8? {
        guard let found = disk.bytes(of: path) else { return nil }
        return found == bytes(found.first ?? 0) ? found.first : 0
    }

    private func disk(_ files: [File: UInt8], unsynced: [File: UInt8]) throws -> SimulatedDisk {
        let disk = SimulatedDisk(seed: 1)
        try makeFolder(folder.path, on: disk)
        for (file, version) in files.sorted(by: { $0.value < $1.value }) {
            try DurableFile.replace(lists[keyPath: file], with: bytes(version), on: disk)
        }
        for (file, version) in unsynced {
            var growing = try GrowingFile(lists[keyPath: file], keeping: 0, on: disk)
            try growing.append(bytes(version))
        }
        disk.plan(FaultPlan())
        return disk
    }

    /// - Parameters:
    ///   - legal: what a start may find in force, or the one before it where nothing is; the last when all steps were taken.
    ///   - unsynced: files that were written and not synced.
    private func cut(
        _ files: [File: UInt8], unsynced: [File: UInt8] = [:], leaves legal: [UInt8],
        _ make: (ListFolder) -> [FileStep]
    ) throws {
        for (file, version) in files { try DurableFile.replace(lists[keyPath: file], with: bytes(version)) }
        let steps = make(lists)
        #expect(steps.count > 1)
        let whole = try disk(files, unsynced: unsynced)
        for step in steps { try step.carryOut(on: whole) }
        var states = 0
        for call in 1...(whole.calls + 1) {
            try PowerCut.forEachState { cut in
                let disk = try disk(files, unsynced: unsynced)
                disk.plan(.failing(call: call, with: .powerCut))
                var returned = true
                do { for step in steps { try step.carryOut(on: disk) } } catch { returned = false }
                disk.restart(by: &cut)
                states += 1
                let words: Comment = "call \(call), state \(states), \(disk.names(in: folder.path))"
                let found = version(disk, lists.inForce) ?? version(disk, lists.previous)
                #expect(found.map { legal.contains($0) } == true, words)
                #expect(version(disk, lists.previous) != 0 && version(disk, lists.next) != 0, words)
                if returned { #expect(found == legal.last, words) }
            }
        }
        #expect(states > whole.calls)
    }

    @Test func `an adoption leaves the old list or the new one in force (I10)`() throws {
        try cut([\.inForce: 2, \.previous: 1, \.next: 3], leaves: [2, 3]) { $0.adoption(keepingInForce: true) }
    }

    @Test func `a first adoption leaves no list in force or the new one (I10)`() throws {
        try cut([\.previous: 1, \.next: 3], leaves: [1, 3]) { $0.adoption(keepingInForce: true) }
    }

    @Test func `what was built waits whole or not at all (I10)`() throws {
        try cut([\.inForce: 2], unsynced: [\.building: 3], leaves: [2]) { $0.keepingBuilt($0.building) }
    }

    @Test func `going back leaves the list in force or the one before it (I10)`() throws {
        try cut([\.inForce: 2, \.previous: 1], leaves: [2, 1]) { $0.goingBack(from: ListVersion(epoch: 1, version: 2)) }
    }

    @Test func `a damaged list leaves its place to the one before it (I10)`() throws {
        try cut([\.inForce: 2, \.previous: 1], leaves: [2, 1]) { $0.replacingDamaged(byPrevious: true) }
        try cut([\.inForce: 2, \.previous: 1], leaves: [2, 1]) { $0.replacingDamaged(byPrevious: false) }
    }
}
