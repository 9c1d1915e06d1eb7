import Glibc

/// The disk of the system that the program runs on.
package struct SystemDisk: Disk {
    package init() {}

    package var databases: String? { nil }

    package func open(_ path: String, _ flags: Int32, mode: UInt32) -> Int32 {
        unsafe Glibc.open(path, flags, mode_t(mode))
    }

    package func close(_ descriptor: Int32) { _ = Glibc.close(descriptor) }

    package func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    }

    package func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    }

    package func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
        unsafe pwrite(descriptor, bytes.baseAddress, bytes.count, off_t(offset))
    }

    package func rewind(_ descriptor: Int32) -> Int32 { lseek(descriptor, 0, SEEK_SET) == 0 ? 0 : -1 }

    package func truncate(_ descriptor: Int32, to size: Int) -> Int32 { ftruncate(descriptor, off_t(size)) }

    package func allocate(_ descriptor: Int32, _ bytes: Int) -> Int32 {
        let number = posix_fallocate(descriptor, 0, off_t(bytes))
        errno = number
        return number == 0 ? 0 : -1
    }

    package func sync(_ descriptor: Int32) -> Int32 { fsync(descriptor) }

    package func syncData(_ descriptor: Int32) -> Int32 { fdatasync(descriptor) }

    package func lock(_ descriptor: Int32) -> Int32 { flock(descriptor, LOCK_EX | LOCK_NB) }

    package func look(at descriptor: Int32) -> FileFacts? {
        var status = stat()
        return unsafe fstat(descriptor, &status) == 0 ? FileFacts(status) : nil
    }

    package func look(at path: String, followsLinks: Bool) -> FileFacts? {
        var status = stat()
        return unsafe (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 ? FileFacts(status) : nil
    }

    package func room(of folder: String) -> DiskRoom? {
        var figures = statvfs()
        guard unsafe statvfs(folder, &figures) == 0 else { return nil }
        func bytes(_ blocks: fsblkcnt_t) -> Int {
            Int(clamping: UInt64(blocks).multipliedReportingOverflow(by: UInt64(figures.f_frsize)).partialValue)
        }
        return DiskRoom(free: bytes(figures.f_bavail), total: bytes(figures.f_blocks))
    }

    package func rename(_ path: String, to name: String) -> Int32 { unsafe Glibc.rename(path, name) }

    package func link(_ path: String, to name: String) -> Int32 { unsafe Glibc.link(path, name) }

    package func unlink(_ path: String) -> Int32 { unsafe Glibc.unlink(path) }

    package func makeFolder(_ path: String, mode: UInt32) -> Int32 { unsafe mkdir(path, mode_t(mode)) }

    package func forEachName(in folder: String, _ body: (String) throws -> Void) rethrows -> Int32 {
        guard let entries = unsafe opendir(folder) else { return -1 }
        defer { unsafe closedir(entries) }
        while let entry = unsafe readdir(entries) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { try body(name) }
        }
        return 0
    }
}

extension FileFacts {
    init(_ status: stat) {
        self.init(
            size: Int(status.st_size), isFolder: status.st_mode & S_IFMT == S_IFDIR,
            modified: Int64(status.st_mtim.tv_sec) * 1_000 + Int64(status.st_mtim.tv_nsec) / 1_000_000)
    }
}
