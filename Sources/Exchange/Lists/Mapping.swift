import CLinux
import Glibc

/// Read-only memory that lives as long as somebody uses it: a mapped file, or a copy of some bytes.
///
/// A class, against the house's habit: a list is handed from the disk worker to the decision thread and swapped there, and the
/// last to let go of it unmaps it. It is immutable, so it is Sendable without a lock; the address is kept as a number because
/// Swift takes no pointer for Sendable.
final class Mapping: Sendable {
    /// How many bytes there are, 1 or more.
    let count: Int
    private let address: UInt
    /// By which it is asked whether all of it could be read; nil for a copy, which lies in memory.
    private let watched: Int32?

    /// Digested at a time: of what cannot be read, no more is tried.
    private static let pieceBytes = 1 << 20

    /// How much of a file will be read.
    enum Reading {
        /// A few lines of it: nothing is read with them, which could be megabytes each.
        case fewLines
        /// All of it, from the beginning to the end.
        case everything
        /// The same, and what memory has of the file is let go first, as far as it is synced and nobody maps it. What is read then is what the
        /// disk gives back, and comes in large pages: what was written by a program lies in small ones, and a lookup there takes half as
        /// long again (300 and 205 ns a load, measured on ext4 of Linux 6.18).
        case everythingAnew
    }

    /// Maps a file whole. Files are replaced by renaming and never written in place, so the pages stay. What the disk does not give all the same, or
    /// what somebody cut off, reads as zeros, and `isUnreadable` says so.
    init(file path: String, atMost limit: Int, _ reading: Reading = .everything) throws(ListError) {
        // A pipe that nobody writes to is no file, and is not waited for.
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw Self.failure("open", path) }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw Self.failure("measure", path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .system(operation: "open", path: path, cause: "not a file")
        }
        guard status.st_size > 0 else { throw .truncated(bytes: 0, expected: AgreementListHeader.bytes) }
        guard status.st_size <= limit else {
            throw .system(operation: "open", path: path, cause: "\(status.st_size) bytes are more than a list may have")
        }
        if reading == .everythingAnew { _ = posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) }
        let memory = unsafe mmap(nil, status.st_size, PROT_READ, MAP_SHARED, file, 0)
        guard let memory = unsafe memory, unsafe memory != MAP_FAILED else { throw Self.failure("map", path) }
        let watched = unsafe bom_watch_mapped(memory, status.st_size)
        guard watched >= 0 else {
            let failure = Self.failure("watch", path)
            unsafe munmap(memory, status.st_size)
            throw failure
        }
        count = status.st_size
        address = UInt(bitPattern: memory)
        self.watched = watched
        switch reading {
        case .fewLines: unsafe madvise(memory, count, MADV_RANDOM)
        case .everything: break
        case .everythingAnew: willBeReadThrough()
        }
    }

    /// Copies some bytes, 1 or more, to pages of their own that nobody can write afterwards.
    init(copying bytes: [UInt8]) throws(ListError) {
        let memory = unsafe mmap(nil, bytes.count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let memory = unsafe memory, unsafe memory != MAP_FAILED else { throw Self.failure("map", "memory") }
        // Fewer and larger pages, where the system has them: a lookup then misses one table less.
        unsafe madvise(memory, bytes.count, MADV_HUGEPAGE)
        unsafe memory.copyMemory(from: bytes, byteCount: bytes.count)
        unsafe mprotect(memory, bytes.count, PROT_READ)
        count = bytes.count
        address = UInt(bitPattern: memory)
        watched = nil
    }

    deinit {
        if let watched { bom_unwatch_mapped(watched) }
        unsafe munmap(UnsafeMutableRawPointer(bitPattern: address), count)
    }

    /// Whether something that was read of it could not be read, and was given as zeros. Once so, it stays so.
    var isUnreadable: Bool { watched.map { bom_mapped_is_unreadable($0) != 0 } ?? false }

    /// Refuses what was made of it when it could not be read: zeros that nobody wrote were taken for content.
    func requireReadable() throws(ListError) {
        guard !isUnreadable else { throw .unreadable }
    }

    /// What is found in it, or found wrong, counts where all of it could be read.
    func reading<Found>(_ body: () throws(ListError) -> Found) throws(ListError) -> Found {
        do throws(ListError) {
            let found = try body()
            try requireReadable()
            return found
        } catch {
            try requireReadable()
            throw error
        }
    }

    /// A copy of some of the bytes.
    func bytes(_ range: Range<Int>) -> [UInt8] { unsafe Array(memory[range]) }

    /// The digest of everything from an offset on.
    func digest(from offset: Int) throws(ListError) -> Digest {
        willBeReadThrough()
        var stream = DigestStream()
        for start in stride(from: offset, to: count, by: Self.pieceBytes) {
            let end = min(start + Self.pieceBytes, count)
            unsafe stream.update(UnsafeRawBufferPointer(rebasing: memory[start..<end]))
            try requireReadable()
        }
        return stream.finish()
    }

    /// The little-endian number at an offset that is a multiple of 8.
    func number(at offset: Int) -> UInt64 {
        unsafe UInt64(littleEndian: memory.load(fromByteOffset: offset, as: UInt64.self))
    }

    /// Asks for the cache line at an offset, without waiting for it.
    func fetch(_ offset: Int) { bom_prefetch(address + UInt(offset)) }

    /// Keeps all of it in memory; false when the system refuses, as beyond the process's limit.
    func lock() -> Bool { unsafe mlock(UnsafeRawPointer(bitPattern: address), count) == 0 }

    /// Brings all of it into memory, and into this process's tables of pages.
    func warm() {
        willBeReadThrough()
        let memory = unsafe UnsafeMutableRawPointer(bitPattern: address)
        // Linux before 5.14 does not know the first; the second only begins to read.
        if unsafe madvise(memory, count, MADV_POPULATE_READ) != 0 { unsafe madvise(memory, count, MADV_WILLNEED) }
    }

    /// All of it will be read: ahead of who reads, and into fewer and larger pages, where the system has them. A lookup then misses one
    /// table less.
    func willBeReadThrough() {
        let memory = unsafe UnsafeMutableRawPointer(bitPattern: address)
        unsafe madvise(memory, count, MADV_NORMAL)
        unsafe madvise(memory, count, MADV_HUGEPAGE)
    }

    var memory: UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count)
    }

    private static func failure(_ operation: String, _ path: String) -> ListError {
        unsafe .system(operation: operation, path: path, cause: String(cString: strerror(errno)))
    }
}
