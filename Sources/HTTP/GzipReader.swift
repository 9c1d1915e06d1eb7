import CZlib

/// One gzip member (RFC 1952) that is inflated piece by piece: memory does not depend on its size, and what comes out has a limit.
///
///     var gzip = GzipReader(mostBytes: 320 + content)
///     while let piece = next() { try gzip.take(piece) { try file.write($0) } }
///     try gzip.end()
///
/// Nothing that was given on counts before `end()` has returned: the checksum comes last.
@safe package struct GzipReader: ~Copyable {
    /// How much is inflated and given on at a time, in bytes.
    package static let block = 65_536

    private let stream: UnsafeMutablePointer<z_stream>
    private let mostBytes: Int
    private var hasEnded = false
    /// How many bytes have come out.
    package private(set) var count = 0

    /// - Parameter mostBytes: as soon as more would come out, `take` fails.
    package init(mostBytes: Int) {
        self.mostBytes = mostBytes
        // zlib remembers where it lies: it must not move.
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let code = unsafe bom_inflate_start(stream)
        precondition(code == Z_OK, "zlib starts unless memory has run out")
    }

    deinit {
        _ = unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Takes the next bytes of the file, and gives on what comes out of them.
    ///
    /// - Throws: `GzipError`, or what `sink` throws; after that the reader is of no more use.
    package mutating func take(_ piece: [UInt8], into sink: ([UInt8]) throws -> Void) throws {
        var rest = piece[...]
        while !rest.isEmpty {
            guard !hasEnded else { throw GzipError.trailing }
            let (bytes, taken, code) = inflate(rest)
            rest = rest.dropFirst(taken)
            switch code {
            case Z_OK, Z_BUF_ERROR: break
            case Z_STREAM_END: hasEnded = true
            default: throw GzipError.damaged(unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "\(code)")
            }
            guard bytes.count <= mostBytes - count else { throw GzipError.tooLarge(mostBytes: mostBytes) }
            count += bytes.count
            if !bytes.isEmpty { try sink(bytes) }
            // What zlib still has inside comes with the next bytes; at the end of the file there is always some.
            guard taken > 0 || !bytes.isEmpty else { throw GzipError.damaged("no progress") }
        }
    }

    /// Nothing more follows.
    package borrowing func end() throws(GzipError) {
        guard hasEnded else { throw .truncated }
    }

    private func inflate(_ input: ArraySlice<UInt8>) -> (bytes: [UInt8], taken: Int, code: Int32) {
        var (taken, code) = (0, Z_OK)
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Self.block) { room, count in
            unsafe input.withUnsafeBufferPointer { input in
                // zlib only reads from there; its type does not say so.
                unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                unsafe stream.pointee.avail_in = UInt32(input.count)
                unsafe stream.pointee.next_out = room.baseAddress
                unsafe stream.pointee.avail_out = UInt32(room.count)
                code = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
                taken = unsafe input.count - Int(stream.pointee.avail_in)
                count = unsafe room.count - Int(stream.pointee.avail_out)
            }
        }
        return (bytes, taken, code)
    }
}
