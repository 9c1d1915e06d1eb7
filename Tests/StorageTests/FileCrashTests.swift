import Glibc
import SimDisk
import Testing

@testable import Storage

/// The files that we write ourselves: every state that a power cut at any call can leave, and every call failing (I1, I10).
@Suite struct FileCrashTests {
    private let old = [UInt8](repeating: 1, count: 700)
    private let new = [UInt8](repeating: 2, count: 600)

    /// A disk with these files, all of them synced.
    private func disk(_ files: [String: [UInt8]]) throws -> SimulatedDisk {
        let disk = SimulatedDisk(seed: 1)
        try makeFolder("/f", on: disk)
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
            try DurableFile.replace(path, with: bytes, on: disk)
        }
        disk.plan(FaultPlan())
        return disk
    }

    /// Tries the change with a power cut at each of its calls and after it, in every state that the cut can leave.
    ///
    /// - Parameter check: looks at what is left; it is told whether the change had returned.
    private func cutEverywhere(
        _ files: [String: [UInt8]], change: (SimulatedDisk) throws -> Void,
        check: (SimulatedDisk, _ returned: Bool, _ words: Comment) throws -> Void
    ) throws {
        let whole = try disk(files)
        try change(whole)
        let calls = whole.calls
        #expect(calls > 2)
        var states = 0
        for call in 1...(calls + 1) {
            try PowerCut.forEachState { cut in
                let disk = try disk(files)
                disk.plan(.failing(call: call, with: .powerCut))
                var returned = true
                do { try change(disk) } catch { returned = false }
                disk.restart(by: &cut)
                states += 1
                try check(disk, returned, "call \(call) of \(calls), state \(states)")
            }
        }
        #expect(states > calls)
    }

    /// Fails each call once with each of these; then the change is tried again, and a power cut loses what was not synced.
    private func failEverywhere(
        _ files: [String: [UInt8]], change: (SimulatedDisk) throws -> Void,
        check: (SimulatedDisk, Comment) throws -> Void
    ) throws {
        let whole = try disk(files)
        try change(whole)
        for call in 1...whole.calls {
            for fault in [.error(EIO), .error(ENOSPC), .error(EINTR), .short] as [DiskFault] {
                let disk = try disk(files)
                disk.plan(.failing(call: call, with: fault))
                do { try change(disk) } catch { try change(disk) }
                #expect(disk.wornSyncs == 0)
                disk.restart(PowerCut(seed: 1, .losesAll))
                try check(disk, "call \(call), \(fault)")
            }
        }
    }

    @Test func `a file is replaced whole or not at all, and for ever once that has returned (I10)`() throws {
        let change = { (disk: SimulatedDisk) in try DurableFile.replace("/f/a", with: new, on: disk) }
        try cutEverywhere(["/f/a": old], change: change) { disk, returned, words in
            let left = disk.bytes(of: "/f/a")
            #expect(left == new || !returned && left == old, words)
        }
        try cutEverywhere([:], change: change) { disk, returned, words in
            let left = disk.bytes(of: "/f/a")
            #expect(left == new || !returned && left == nil, words)
        }
        try failEverywhere(["/f/a": old], change: change) { disk, words in
            #expect(disk.bytes(of: "/f/a") == new, words)
            #expect(disk.names(in: "/f") == ["a"] || disk.names(in: "/f") == ["a", "a.part"], words)
        }
    }

    @Test func `a folder that was made is there, also by a second try (I1)`() throws {
        let change = { (disk: SimulatedDisk) in try makeFolder("/f/b/c", on: disk) }
        try cutEverywhere([:], change: change) { disk, returned, words in
            #expect(!returned || disk.look(at: "/f/b/c")?.isFolder == true, words)
        }
        try failEverywhere([:], change: change) { disk, words in
            #expect(disk.look(at: "/f/b/c")?.isFolder == true, words)
        }
    }

    @Test func `a copy that is kept takes the place of the one before it whole or not at all (I10)`() throws {
        let change = { (disk: SimulatedDisk) in try keepCopy(of: "/f/a", as: "/f/kept", on: disk) }
        try cutEverywhere(["/f/a": new, "/f/kept": old], change: change) { disk, returned, words in
            let left = disk.bytes(of: "/f/kept")
            #expect(left == new || !returned && left == old, words)
            #expect(disk.bytes(of: "/f/a") == new, words)
        }
    }

    @Test func `a database is set aside with what belongs to it, or is where it was with all of it (I10)`() throws {
        let files = ["/f/d": old, "/f/d-wal": new]
        let aside = "/f/d" + setAsideMark
        let change = { (disk: SimulatedDisk) in _ = try setAside("/f/d", companions: ["-wal"], on: disk) }
        try cutEverywhere(files, change: change) { disk, returned, words in
            if disk.bytes(of: "/f/d") != nil {
                #expect(!returned && disk.bytes(of: "/f/d") == old && disk.bytes(of: "/f/d-wal") == new, words)
            } else {
                #expect(disk.bytes(of: aside + "1") == old && disk.bytes(of: aside + "1-wal") == new, words)
            }
        }
        try failEverywhere(files, change: change) { disk, words in
            #expect(disk.bytes(of: "/f/d") == nil, words)
            let numbers = ["1", "2"].filter {
                disk.bytes(of: aside + $0) == old && disk.bytes(of: aside + $0 + "-wal") == new
            }
            #expect(!numbers.isEmpty, words)
        }
    }

    @Test func `what a growing file synced is there, and it is gone on with from there (I1)`() throws {
        let change = { (disk: SimulatedDisk) in
            var file = try GrowingFile("/f/g", keeping: 700, on: disk)
            try file.append(new)
            try file.sync()
        }
        try cutEverywhere(["/f/g": old + new], change: change) { disk, returned, words in
            let left = disk.bytes(of: "/f/g") ?? []
            #expect(left.prefix(700) == old[...], words)
            #expect(!returned || left == old + new, words)
        }
    }

    @Test func `a file written anew is what it was, whatever becomes of it (I10)`() throws {
        try cutEverywhere(["/f/a": old], change: { try writeAnew("/f/a", on: $0) }) { disk, _, words in
            #expect(disk.bytes(of: "/f/a") == old, words)
        }
    }
}
