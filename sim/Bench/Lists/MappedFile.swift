import Glibc

/// A file mapped read-only, as a list is, and what the kernel knows of its pages.
@safe struct MappedFile: ~Copyable {
    let count: Int
    private let memory: UnsafeRawPointer

    /// - Parameter isReadAnew: as a list that is verified: what memory has of it is let go first, and it is read in large pages.
    init(path: String, isReadAnew: Bool = false) throws {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw BenchError("open \(path): errno \(errno)") }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0, status.st_size > 0 else { throw BenchError("measure \(path)") }
        if isReadAnew { _ = posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) }
        let mapped = unsafe mmap(nil, Int(status.st_size), PROT_READ, MAP_SHARED, file, 0)
        guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else { throw BenchError("map \(path)") }
        count = Int(status.st_size)
        unsafe memory = UnsafeRawPointer(mapped)
        if isReadAnew { unsafe madvise(mapped, count, MADV_HUGEPAGE) }
    }

    deinit { unsafe munmap(UnsafeMutableRawPointer(mutating: memory), count) }

    /// The number at an offset that is a multiple of 8; not checked, because the check would be measured.
    @inline(__always)
    func number(at offset: Int) -> Int { unsafe memory.load(fromByteOffset: offset, as: Int.self) }

    func withMemory<Result>(_ body: (UnsafeRawPointer) -> Result) -> Result { unsafe body(memory) }

    /// Reads every line.
    func sweep() -> Int {
        var sum = 0
        for offset in stride(from: 0, to: count - 7, by: 64) { sum &+= number(at: offset) }
        return sum
    }
}
