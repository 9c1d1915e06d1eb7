import Glibc
import Testing

@testable import SimDisk

@Suite struct SimulatedDiskTests {
    private typealias Failure = DiskState.Failure

    private func append(_ disk: SimulatedDisk, _ path: String, _ text: String) throws -> Int32 {
        let bytes = Array(text.utf8)
        return try disk.call { state throws(Failure) in
            let descriptor = try state.open(path, O_WRONLY | O_CREAT)
            let size = try state.size(descriptor)
            let result = unsafe bytes.withUnsafeBytes { bytes in
                Result { () throws(Failure) in try unsafe state.write(descriptor, bytes, at: size) }
            }
            _ = try result.get()
            return descriptor
        }
    }

    @Test func `the n-th call fails, and those before and after it do not`() throws {
        let disk = SimulatedDisk(seed: 1)
        disk.plan(.failing(call: 3, with: .error(EIO)))
        #expect(throws: DiskState.Failure.self) { _ = try append(disk, "/a", "one") }
        #expect(disk.calls == 3)
        _ = try append(disk, "/a", "two")
        #expect(disk.count(of: .write) == 2)
        #expect(disk.bytes(of: "/a").map { $0.suffix(3) } == Array("two".utf8)[...])
    }

    @Test func `a lasting fault meets all calls from then on`() {
        let disk = SimulatedDisk(seed: 1)
        disk.plan(.failing(call: 2, with: .error(ENOSPC), isLasting: true))
        for _ in 1...3 { #expect(throws: DiskState.Failure.self) { _ = try append(disk, "/a", "one") } }
    }

    @Test func `after a power cut nothing answers until the start, and old descriptors are dead`() throws {
        let disk = SimulatedDisk(seed: 1)
        let descriptor = try append(disk, "/a", "one")
        try disk.call { state throws(Failure) in
            try state.sync(descriptor)
            try state.syncFolder("/")
        }
        disk.plan(.failing(call: 1, with: .powerCut))
        #expect(throws: DiskState.Failure.self) { _ = try append(disk, "/b", "two") }
        #expect(throws: DiskState.Failure.self) { _ = try append(disk, "/c", "three") }
        disk.restart(PowerCut(seed: 1, .losesAll))
        #expect(disk.names(in: "/") == ["a"])
        #expect(throws: DiskState.Failure.self) {
            try disk.call { state throws(Failure) in try state.sync(descriptor) }
        }
        #expect(disk.bytes(of: "/a") == Array("one".utf8))
    }

    @Test func `what was opened for reading cannot be written`() throws {
        let disk = SimulatedDisk(seed: 1)
        disk.forget(try append(disk, "/a", "one"))
        let error = #expect(throws: DiskState.Failure.self) {
            try disk.call { state throws(Failure) in try state.truncate(state.open("/a", O_RDONLY), to: 0) }
        }
        #expect(error?.number == EBADF)
        #expect(disk.bytes(of: "/a") == Array("one".utf8))
    }

    @Test func `two disks of one seed and one plan are the same disk`() throws {
        func run(_ seed: UInt64) -> [UInt8]? {
            let disk = SimulatedDisk(seed: seed)
            var plan = FaultPlan()
            plan.rates = [.write: 200_000]
            disk.plan(plan)
            for number in 0..<50 { do { _ = try append(disk, "/a", "line \(number);") } catch { continue } }
            disk.restart(PowerCut(seed: seed, .keepsAll))
            return disk.bytes(of: "/a")
        }
        #expect(run(4) == run(4))
        #expect(run(4) != run(5))
    }

    @Test func `what has no name and is not open takes no room`() throws {
        let disk = SimulatedDisk(seed: 1)
        for number in 0..<2_000 {
            let descriptor = try append(disk, "/\(number)", "0123456789")
            disk.forget(descriptor)
            try disk.call { state throws(Failure) in
                try state.unlink("/\(number)")
                try state.syncFolder("/")
            }
        }
        var nodes = 0
        disk.settle { nodes = $0.nodes.count }
        #expect(nodes < 200)
    }
}
