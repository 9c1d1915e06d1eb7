import CSQLite
import Glibc
import Storage

/// One file that SQLite has open on a simulated disk. SQLite knows the first field only, and keeps the memory.
///
/// Each method does what SQLite's own file system for Linux does (os_unix.c), its faults among it: that one syncs the folder of a
/// new log after the log itself, and does not say so when that fails.
@safe struct SQLiteFile {
    /// What SQLite calls; nil after a failed opening.
    var methods: UnsafePointer<sqlite3_io_methods>?
    private let disk: Unmanaged<SimulatedDisk>
    private let descriptor: Int32
    /// The folder that is synced with the file, the first time.
    private var folder: String?

    /// Takes over a descriptor, and keeps its disk until `close`.
    init(
        _ descriptor: Int32, of disk: SimulatedDisk, methods: UnsafePointer<sqlite3_io_methods>, syncing folder: String?
    ) {
        unsafe self.methods = methods
        unsafe self.disk = .passRetained(disk)
        self.descriptor = descriptor
        self.folder = folder
    }

    /// SQLite's code for a fault of the disk; its extended codes are macros that Swift does not see.
    static func code(_ detail: Int32) -> Int32 { SQLITE_IOERR | detail << 8 }

    private var state: SimulatedDisk { unsafe disk._withUnsafeGuaranteedRef { $0 } }

    /// Carries out a call; the given code when it fails.
    private func call(
        orElse code: Int32, _ body: (inout DiskState) throws(DiskState.Failure) -> Void
    ) -> Int32 {
        do throws(DiskState.Failure) {
            try state.call(body)
            return SQLITE_OK
        } catch {
            return code
        }
    }

    mutating func close() -> Int32 {
        folder = nil
        state.forget(descriptor)
        unsafe disk.release()
        return SQLITE_OK
    }

    func read(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int32 {
        var rest = unsafe buffer
        while unsafe !rest.isEmpty {
            do throws(DiskState.Failure) {
                let place = offset + buffer.count - rest.count
                let got = try state.call { disk throws(DiskState.Failure) in
                    unsafe try disk.read(descriptor, into: rest, at: place)
                }
                guard got > 0 else {
                    // SQLite wants zeros behind the end.
                    unsafe rest.initializeMemory(as: UInt8.self, repeating: 0)
                    return Self.code(2)
                }
                unsafe rest = UnsafeMutableRawBufferPointer(rebasing: rest[got...])
            } catch {
                guard error.number == EINTR else { return Self.code(1) }
            }
        }
        return SQLITE_OK
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int32 {
        var done = 0
        while done < bytes.count {
            do throws(DiskState.Failure) {
                done += try state.call { disk throws(DiskState.Failure) in
                    unsafe try disk.write(
                        descriptor, UnsafeRawBufferPointer(rebasing: bytes[done...]), at: offset + done)
                }
            } catch {
                if error.number == EINTR { continue }
                return error.number == ENOSPC ? SQLITE_FULL : Self.code(3)
            }
        }
        return SQLITE_OK
    }

    func truncate(to size: Int) -> Int32 {
        call(orElse: Self.code(6)) { disk throws(DiskState.Failure) in try disk.truncate(descriptor, to: size) }
    }

    mutating func sync() -> Int32 {
        let result = call(orElse: Self.code(4)) { disk throws(DiskState.Failure) in try disk.sync(descriptor) }
        guard result == SQLITE_OK, let folder else { return result }
        self.folder = nil
        _ = call(orElse: SQLITE_OK) { disk throws(DiskState.Failure) in try disk.syncFolder(folder) }
        return SQLITE_OK
    }

    func size(_ answer: UnsafeMutablePointer<sqlite3_int64>) -> Int32 {
        call(orElse: Self.code(7)) { disk throws(DiskState.Failure) in
            unsafe answer.pointee = sqlite3_int64(try disk.size(descriptor))
        }
    }

    // MARK: Locks

    func lock(_ level: Int32) -> Int32 {
        var isHeld = false
        let result = call(orElse: Self.code(15)) { disk throws(DiskState.Failure) in
            isHeld = try disk.lock(descriptor, FileLocks.Level(rawValue: level) ?? .exclusive)
        }
        return result == SQLITE_OK && !isHeld ? SQLITE_BUSY : result
    }

    func unlock(_ level: Int32) -> Int32 {
        state.unlock(descriptor, to: FileLocks.Level(rawValue: level) ?? .none)
        return SQLITE_OK
    }

    func isReserved(_ answer: UnsafeMutablePointer<Int32>) -> Int32 {
        call(orElse: Self.code(14)) { disk throws(DiskState.Failure) in
            let file = try disk.file(descriptor)
            unsafe answer.pointee = disk.nodes[file]?.locks.isReserved == true ? 1 : 0
        }
    }

    // MARK: Shared memory

    func map(
        _ region: Int32, bytes: Int32, makes: Bool, _ answer: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    ) -> Int32 {
        unsafe answer.pointee = nil
        return call(orElse: Self.code(21)) { disk throws(DiskState.Failure) in
            try disk.begin(whole: .map)
            let memory = try disk.memory(of: descriptor)
            unsafe answer.pointee = disk.memories[memory]?.region(
                Int(region), bytes: Int(bytes), makes: makes, for: descriptor)
        }
    }

    func lockMemory(first: Int32, count: Int32, _ flags: Int32) -> Int32 {
        let takes = flags & SQLITE_SHM_LOCK != 0
        var isHeld = false
        let result = call(orElse: Self.code(20)) { disk throws(DiskState.Failure) in
            let memory = try disk.memory(of: descriptor)
            isHeld =
                disk.memories[memory]?.lock(
                    descriptor, first: Int(first), count: Int(count), takes: takes,
                    isShared: flags & SQLITE_SHM_SHARED != 0) ?? false
        }
        // What a dead program gives back nobody holds any more.
        guard takes else { return SQLITE_OK }
        return result == SQLITE_OK && !isHeld ? SQLITE_BUSY : result
    }

    func unmap() -> Int32 {
        state.leaveMemory(descriptor)
        return SQLITE_OK
    }
}
