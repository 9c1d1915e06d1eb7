import CSQLite
import Glibc
import Storage
import Synchronization

/// A file system of SQLite's over one simulated disk, registered under a name of its own for as long as this lives.
@safe struct SQLiteFileSystem: ~Copyable {
    /// What is behind SQLite's pointer to us.
    @unsafe struct Home {
        /// The disk owns this file system, and each open file keeps the disk.
        let disk: Unmanaged<SimulatedDisk>
        let methods: UnsafeMutablePointer<sqlite3_io_methods>
    }

    /// What Linux promises SQLite (os_unix.c): bytes beside what was written survive a power cut.
    static let promises = SQLITE_IOCAP_POWERSAFE_OVERWRITE
    /// What os_unix.c says of every disk; in log mode nothing but padding depends on it.
    static let sectorBytes: Int32 = 4_096
    private static let longestPath: Int32 = 512
    private static let made = Atomic(0)

    let name: String
    private let text: UnsafeMutablePointer<CChar>
    private let home: UnsafeMutablePointer<Home>
    private let system: UnsafeMutablePointer<sqlite3_vfs>

    init(of disk: SimulatedDisk) {
        let number = Self.made.wrappingAdd(1, ordering: .relaxed).newValue
        let name = "simulated-\(number)"
        let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        unsafe methods.initialize(to: Self.methods)
        let home = UnsafeMutablePointer<Home>.allocate(capacity: 1)
        unsafe home.initialize(to: Home(disk: .passUnretained(disk), methods: methods))
        let characters = name.utf8CString
        let text = UnsafeMutablePointer<CChar>.allocate(capacity: characters.count)
        for (place, character) in characters.enumerated() { unsafe text[place] = character }
        let system = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        unsafe system.initialize(to: Self.system)
        unsafe system.pointee.zName = UnsafePointer(text)
        unsafe system.pointee.pAppData = UnsafeMutableRawPointer(home)
        unsafe system.pointee.szOsFile = Int32(MemoryLayout<SQLiteFile>.stride)
        unsafe system.pointee.mxPathname = Self.longestPath
        unsafe sqlite3_vfs_register(system, 0)
        self.name = name
        unsafe self.text = text
        unsafe self.home = home
        unsafe self.system = system
    }

    deinit {
        unsafe sqlite3_vfs_unregister(system)
        unsafe home.pointee.methods.deallocate()
        unsafe home.deallocate()
        unsafe text.deallocate()
        unsafe system.deallocate()
    }

    /// The file behind SQLite's pointer.
    static func file(_ pointer: UnsafeMutablePointer<sqlite3_file>?) -> UnsafeMutablePointer<SQLiteFile> {
        guard let pointer = unsafe pointer else { preconditionFailure("SQLite calls with a file") }
        return unsafe UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: SQLiteFile.self)
    }

    private static func home(_ system: UnsafeMutablePointer<sqlite3_vfs>?) -> UnsafeMutablePointer<Home> {
        guard let data = unsafe system?.pointee.pAppData else { preconditionFailure("SQLite calls with our data") }
        return unsafe data.assumingMemoryBound(to: Home.self)
    }

    private static func disk(_ system: UnsafeMutablePointer<sqlite3_vfs>?) -> SimulatedDisk {
        unsafe home(system).pointee.disk.takeUnretainedValue()
    }

    private static func open(
        _ system: UnsafeMutablePointer<sqlite3_vfs>?, _ name: UnsafePointer<CChar>?,
        _ pointer: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32
    ) -> Int32 {
        let place = unsafe UnsafeMutableRawPointer(file(pointer))
        unsafe pointer?.pointee.pMethods = nil
        let disk = unsafe disk(system)
        // Journals and logs are new files whose names have to be durable before what is in them counts.
        let isBeside = flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL | SQLITE_OPEN_SUPER_JOURNAL) != 0
        let creates = flags & SQLITE_OPEN_CREATE != 0
        do throws(DiskState.Failure) {
            // A file without a name is for a statement that sorts: ours do that in memory.
            guard let name = unsafe name else { return SQLITE_CANTOPEN }
            let path = unsafe String(cString: name)
            let mode = (flags & SQLITE_OPEN_READWRITE != 0 ? O_RDWR : O_RDONLY) | (creates ? O_CREAT : 0)
            let descriptor = try disk.call { state throws(DiskState.Failure) in
                let descriptor = try state.open(path, mode)
                if flags & SQLITE_OPEN_DELETEONCLOSE != 0 { state.names.remove(path) }
                return descriptor
            }
            unsafe place.initializeMemory(
                as: SQLiteFile.self,
                to: SQLiteFile(
                    descriptor, of: disk, methods: UnsafePointer(home(system).pointee.methods),
                    syncing: isBeside && creates ? path.folder : nil))
            return SQLITE_OK
        } catch {
            return SQLITE_CANTOPEN
        }
    }

    private static func delete(
        _ system: UnsafeMutablePointer<sqlite3_vfs>?, _ name: UnsafePointer<CChar>?, syncsFolder: Bool
    ) -> Int32 {
        guard let name = unsafe name else { return SQLITE_MISUSE }
        let path = unsafe String(cString: name)
        let disk = unsafe disk(system)
        do throws(DiskState.Failure) {
            try disk.call { state throws(DiskState.Failure) in try state.unlink(path) }
        } catch {
            return error.number == ENOENT ? SQLiteFile.code(23) : SQLiteFile.code(10)
        }
        guard syncsFolder else { return SQLITE_OK }
        do throws(DiskState.Failure) {
            try disk.call { state throws(DiskState.Failure) in try state.syncFolder(path.folder) }
            return SQLITE_OK
        } catch {
            return SQLiteFile.code(5)
        }
    }

    /// As os_unix.c has it, an empty file is not there.
    private static func isThere(
        _ system: UnsafeMutablePointer<sqlite3_vfs>?, _ name: UnsafePointer<CChar>?
    ) -> Bool {
        guard let name = unsafe name else { return false }
        let path = unsafe String(cString: name)
        do throws(DiskState.Failure) {
            return try unsafe disk(system).call { state throws(DiskState.Failure) in
                guard let file = try state.look(at: path) else { return true }
                return (state.nodes[file]?.content.visible.count ?? 0) > 0
            }
        } catch {
            return false
        }
    }

    // MARK: The tables that SQLite calls

    private static var system: sqlite3_vfs {
        var system = unsafe sqlite3_vfs()
        unsafe system.iVersion = 2
        unsafe system.xOpen = { system, name, file, flags, answer in
            unsafe answer?.pointee = flags
            return unsafe SQLiteFileSystem.open(system, name, file, flags)
        }
        unsafe system.xDelete = { system, name, syncs in
            unsafe SQLiteFileSystem.delete(system, name, syncsFolder: syncs != 0)
        }
        unsafe system.xAccess = { system, name, _, answer in
            unsafe answer?.pointee = SQLiteFileSystem.isThere(system, name) ? 1 : 0
            return SQLITE_OK
        }
        unsafe system.xFullPathname = { _, name, most, answer in
            guard let name = unsafe name, let answer = unsafe answer, unsafe strlen(name) < Int(most) else {
                return SQLITE_CANTOPEN
            }
            unsafe strcpy(answer, name)
            return SQLITE_OK
        }
        unsafe system.xRandomness = { system, count, answer in
            guard let answer = unsafe answer else { return 0 }
            unsafe SQLiteFileSystem.disk(system).fill(UnsafeMutableRawBufferPointer(start: answer, count: Int(count)))
            return count
        }
        // Nobody else runs meanwhile.
        unsafe system.xSleep = { _, microseconds in microseconds }
        unsafe system.xCurrentTime = { system, answer in
            unsafe answer?.pointee = Double(SQLiteFileSystem.disk(system).julianMilliseconds) / 86_400_000
            return SQLITE_OK
        }
        unsafe system.xCurrentTimeInt64 = { system, answer in
            unsafe answer?.pointee = SQLiteFileSystem.disk(system).julianMilliseconds
            return SQLITE_OK
        }
        unsafe system.xGetLastError = { _, _, _ in 0 }
        return unsafe system
    }

    private static var methods: sqlite3_io_methods {
        var methods = sqlite3_io_methods()
        methods.iVersion = 2
        unsafe methods.xClose = { unsafe SQLiteFileSystem.file($0).pointee.close() }
        unsafe methods.xRead = { file, buffer, count, offset in
            unsafe SQLiteFileSystem.file(file).pointee.read(
                UnsafeMutableRawBufferPointer(start: buffer, count: Int(count)), at: Int(offset))
        }
        unsafe methods.xWrite = { file, bytes, count, offset in
            unsafe SQLiteFileSystem.file(file).pointee.write(
                UnsafeRawBufferPointer(start: bytes, count: Int(count)), at: Int(offset))
        }
        unsafe methods.xTruncate = { unsafe SQLiteFileSystem.file($0).pointee.truncate(to: Int($1)) }
        unsafe methods.xSync = { file, _ in unsafe SQLiteFileSystem.file(file).pointee.sync() }
        unsafe methods.xFileSize = { file, answer in
            guard let answer = unsafe answer else { return SQLITE_MISUSE }
            return unsafe SQLiteFileSystem.file(file).pointee.size(answer)
        }
        unsafe methods.xLock = { unsafe SQLiteFileSystem.file($0).pointee.lock($1) }
        unsafe methods.xUnlock = { unsafe SQLiteFileSystem.file($0).pointee.unlock($1) }
        unsafe methods.xCheckReservedLock = { file, answer in
            guard let answer = unsafe answer else { return SQLITE_MISUSE }
            return unsafe SQLiteFileSystem.file(file).pointee.isReserved(answer)
        }
        unsafe methods.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
        unsafe methods.xSectorSize = { _ in SQLiteFileSystem.sectorBytes }
        unsafe methods.xDeviceCharacteristics = { _ in SQLiteFileSystem.promises }
        unsafe methods.xShmMap = { file, region, bytes, makes, answer in
            guard let answer = unsafe answer else { return SQLITE_MISUSE }
            return unsafe SQLiteFileSystem.file(file).pointee.map(region, bytes: bytes, makes: makes != 0, answer)
        }
        unsafe methods.xShmLock = { file, first, count, flags in
            unsafe SQLiteFileSystem.file(file).pointee.lockMemory(first: first, count: count, flags)
        }
        unsafe methods.xShmBarrier = { _ in atomicMemoryFence(ordering: .sequentiallyConsistent) }
        unsafe methods.xShmUnmap = { file, _ in unsafe SQLiteFileSystem.file(file).pointee.unmap() }
        return methods
    }
}
