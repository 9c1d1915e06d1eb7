import Glibc

/// The bytes of a file: zero where nothing was written. They grow by doubling, so that appending costs what is appended.
struct Bytes {
    private var storage: [UInt8] = []
    private(set) var count = 0

    /// Cuts off what is beyond this size, or fills up to it with zeros.
    mutating func resize(to size: Int) {
        if size > storage.count {
            var larger = [UInt8](repeating: 0, count: max(size, 2 * storage.count, 4_096))
            unsafe larger.withUnsafeMutableBytes { new in
                unsafe storage.withUnsafeBytes { old in
                    unsafe new.copyMemory(from: UnsafeRawBufferPointer(rebasing: old[..<count]))
                }
            }
            storage = larger
        } else if size < count {
            let (rest, end) = (size, count)
            unsafe storage.withUnsafeMutableBytes { bytes in
                let tail = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[rest..<end])
                _ = unsafe tail.initializeMemory(as: UInt8.self, repeating: 0)
            }
        }
        count = size
    }

    /// Writes the bytes there; what lies between the end and the offset becomes zero.
    mutating func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        guard unsafe !bytes.isEmpty else { return }
        resize(to: max(count, offset + bytes.count))
        unsafe storage.withUnsafeMutableBytes { all in
            unsafe UnsafeMutableRawBufferPointer(rebasing: all[offset...]).copyMemory(from: bytes)
        }
    }

    /// Reads what there is from the offset on; how many bytes that was.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
        let got = max(0, min(buffer.count, count - offset))
        guard got > 0 else { return 0 }
        unsafe storage.withUnsafeBytes { all in
            unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[offset..<(offset + got)]))
        }
        return got
    }

    /// Writes the bytes there, like those above.
    mutating func write(_ bytes: ArraySlice<UInt8>, at offset: Int) {
        unsafe bytes.withUnsafeBytes { unsafe write($0, at: offset) }
    }

    /// A part of them.
    subscript(range: Range<Int>) -> ArraySlice<UInt8> { storage[range] }

    /// A copy of them all.
    var all: [UInt8] { Array(storage[..<count]) }
}
