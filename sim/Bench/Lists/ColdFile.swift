import Glibc

/// A file that nothing of is in memory: synced, and its pages dropped with `POSIX_FADV_DONTNEED`. Whether a host below keeps them
/// nobody here can know.
enum ColdFile {
    /// Drops the file's pages. It must not be mapped anywhere.
    ///
    /// - Returns: how many pages are left in memory.
    static func drop(_ path: String) throws -> Int {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw BenchError("open \(path): errno \(errno)") }
        defer { close(file) }
        guard fdatasync(file) == 0, posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) == 0 else {
            throw BenchError("drop the pages of \(path)")
        }
        return try MappedFile(path: path).residentPages()
    }

    /// The least that finds something in a file: opened, its header read, and one line.
    static func read(_ path: String, lineAt offset: Int) throws -> Int {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw BenchError("open \(path): errno \(errno)") }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 320)
        let header = unsafe pread(file, &buffer, 320, 0)
        let line = unsafe pread(file, &buffer, 64, off_t(offset))
        guard header == 320, line == 64 else { throw BenchError("read \(path)") }
        return Int(buffer[0])
    }
}

extension MappedFile {
    /// How many pages of it are in memory, mapped or not.
    func residentPages() throws -> Int {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        var pages = [UInt8](repeating: 0, count: (count + page - 1) / page)
        guard unsafe withMemory({ unsafe mincore(UnsafeMutableRawPointer(mutating: $0), count, &pages) }) == 0 else {
            throw BenchError("mincore: errno \(errno)")
        }
        return pages.count { $0 & 1 == 1 }
    }
}
