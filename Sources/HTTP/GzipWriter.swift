import CZlib

/// Writes one gzip member (RFC 1952) piece by piece. The same bytes at the same level give the same file: it has no name and no time in it.
///
///     var gzip = GzipWriter(level: 6)
///     while let piece = next() { try gzip.take(piece) { try file.write($0) } }
///     try gzip.end { try file.write($0) }
@safe package struct GzipWriter: ~Copyable {
    /// How much is given on at a time, in bytes.
    package static let block = 65_536

    private let stream: UnsafeMutablePointer<z_stream>

    /// - Parameter level: 1 (fast) to 9 (small).
    package init(level: Int) {
        precondition((1...9).contains(level), "zlib compresses at levels 1 to 9")
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let code = unsafe bom_deflate_start(stream, Int32(level))
        precondition(code == Z_OK, "zlib starts unless memory has run out")
    }

    deinit {
        _ = unsafe deflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Takes the next bytes, and gives on what is ready.
    package mutating func take(_ piece: [UInt8], into sink: ([UInt8]) throws -> Void) rethrows {
        var rest = piece[...]
        while !rest.isEmpty {
            let (bytes, taken, _) = deflate(rest.prefix(Self.block), Z_NO_FLUSH)
            rest = rest.dropFirst(taken)
            if !bytes.isEmpty { try sink(bytes) }
        }
    }

    /// Gives on the rest, as the last thing.
    package mutating func end(into sink: ([UInt8]) throws -> Void) rethrows {
        var isComplete = false
        while !isComplete {
            let (bytes, _, code) = deflate([], Z_FINISH)
            isComplete = code == Z_STREAM_END
            if !bytes.isEmpty { try sink(bytes) }
        }
    }

    private func deflate(_ input: ArraySlice<UInt8>, _ flush: Int32) -> (bytes: [UInt8], taken: Int, code: Int32) {
        var (taken, code) = (0, Z_OK)
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Self.block) { room, count in
            unsafe input.withUnsafeBufferPointer { input in
                unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                unsafe stream.pointee.avail_in = UInt32(input.count)
                unsafe stream.pointee.next_out = room.baseAddress
                unsafe stream.pointee.avail_out = UInt32(room.count)
                code = unsafe CZlib.deflate(stream, flush)
                taken = unsafe input.count - Int(stream.pointee.avail_in)
                count = unsafe room.count - Int(stream.pointee.avail_out)
            }
        }
        precondition(code != Z_STREAM_ERROR, "a writer that has ended takes nothing more")
        return (bytes, taken, code)
    }
}
