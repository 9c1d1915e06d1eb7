import Glibc

/// A file mapped read-only, as a list is, and what the kernel knows of its pages.
@safe struct MappedFile: ~Copyable {
    let count: Int
    private let memory: UnsafeRawPointer

    init(path: String) throws {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw BenchError("open \(path): errno \(errno)") }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0, status.st_size > 0 else { throw BenchError("measure \(path)") }
        let mapped = unsafe mmap(nil, Int(status.st_size), PROT_READ, MAP_SHARED, file, 0)
        guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else { throw BenchError("map \(path)") }
        count = Int(status.st_size)
        unsafe memory = UnsafeRawPointer(mapped)
    }

    deinit { unsafe munmap(UnsafeMutableRawPointer(mutating: memory), count) }

    /// The number at an offset that is a multiple of 8; not checked, because the check would be measured.
    @inline(__always)
    func number(at offset: Int) -> Int { unsafe memory.load(fromByteOffset: offset, as: Int.self) }

    /// Makes room in the processor's caches: reads every line.
    func sweep() -> Int {
        var sum = 0
        for offset in stride(from: 0, to: count - 7, by: 64) { sum &+= number(at: offset) }
        return sum
    }
}
