import Glibc

/// A list file in the making: written beside its place in large pieces, the digest of its content taken on the way, then put in
/// its place durably.
///
/// One that is let go of without `commit` leaves no trace. A power cut can leave the unfinished file, under its own name.
@safe struct ListOutput: ~Copyable {
    /// What stands behind the name of a file that is not finished; the same as everywhere.
    static let unfinished = ".part"
    /// How much is digested and written at once: it fits in a processor's second cache.
    private static let pieceBytes = 1 << 18

    /// Bytes of content so far.
    private(set) var count = 0
    private let path: String
    private let descriptor: Int32
    private let piece: UnsafeMutableRawBufferPointer
    private var filled = 0
    private var stream: DigestStream?

    /// Begins a new content for `path`: behind its header, which is known last.
    init(replacing path: String) throws(ListError) {
        try self.init(path, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o640)
    }

    /// Begins a list that is wanted only while it is mapped: its file loses its name at once, so that nothing stays behind,
    /// whatever ends the program.
    init(withoutNameIn folder: String) throws(ListError) {
        let path = "\(folder)/list-\(UInt64.random(in: 0 ... .max))"
        try self.init(path, O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
        unsafe unlink(path + Self.unfinished)
    }

    private init(_ path: String, _ flags: Int32, mode: mode_t) throws(ListError) {
        let descriptor = unsafe open(path + Self.unfinished, flags | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw ListError(failed: "create", path + Self.unfinished) }
        guard lseek(descriptor, off_t(AgreementListHeader.bytes), SEEK_SET) >= 0 else {
            let error = ListError(failed: "write", path + Self.unfinished)
            close(descriptor)
            throw error
        }
        self.path = path
        self.descriptor = descriptor
        unsafe piece = .allocate(byteCount: Self.pieceBytes, alignment: 4_096)
        stream = DigestStream()
    }

    deinit {
        unsafe piece.deallocate()
        close(descriptor)
        // After a commit there is none any more.
        unsafe unlink(path + Self.unfinished)
    }

    /// Appends a slot or an operation: 16 bytes, both numbers little-endian.
    @inline(__always) mutating func append(_ key: UInt64, _ word: UInt64) throws(ListError) {
        if filled + 16 > Self.pieceBytes { try flush() }
        unsafe piece.storeBytes(of: key.littleEndian, toByteOffset: filled, as: UInt64.self)
        unsafe piece.storeBytes(of: word.littleEndian, toByteOffset: filled + 8, as: UInt64.self)
        filled += 16
    }

    /// Appends bytes.
    mutating func append(_ bytes: [UInt8]) throws(ListError) {
        for byte in bytes {
            if filled == Self.pieceBytes { try flush() }
            unsafe piece[filled] = byte
            filled += 1
        }
    }

    /// Appends bytes of memory that somebody else holds.
    mutating func append(_ bytes: UnsafeRawBufferPointer) throws(ListError) {
        var rest = unsafe bytes[...]
        while unsafe !rest.isEmpty {
            if filled == Self.pieceBytes { try flush() }
            let some = unsafe rest.prefix(Self.pieceBytes - filled)
            unsafe UnsafeMutableRawBufferPointer(rebasing: piece[filled...]).copyMemory(from: .init(rebasing: some))
            filled += unsafe some.count
            unsafe rest = unsafe rest.dropFirst(some.count)
        }
    }

    /// The digest of all that was appended; nothing may be appended behind it.
    mutating func finish() throws(ListError) -> Digest {
        try flush()
        guard let stream = stream.take() else { preconditionFailure("a list file is finished once") }
        return stream.finish()
    }

    /// Writes the header and puts the file in its place, as the last thing; when this returns, it is there after a power cut.
    consuming func commit(header: [UInt8]) throws(ListError) {
        precondition(header.count == AgreementListHeader.bytes, "a header has 320 bytes")
        guard unsafe pwrite(descriptor, header, header.count, 0) == header.count else {
            throw ListError(failed: "write", path + Self.unfinished)
        }
        guard fdatasync(descriptor) == 0 else { throw ListError(failed: "sync", path + Self.unfinished) }
        guard unsafe rename(path + Self.unfinished, path) == 0 else {
            throw ListError(failed: "rename into place", path)
        }
        try Self.syncFolder(of: path)
    }

    /// Writes the header and maps the file, for one without a name.
    consuming func mapped(header: [UInt8]) throws(ListError) -> Mapping {
        guard unsafe pwrite(descriptor, header, header.count, 0) == header.count else {
            throw ListError(failed: "write", path + Self.unfinished)
        }
        return try Mapping(file: "/proc/self/fd/\(descriptor)", atMost: AgreementList.mostBytes)
    }

    private mutating func flush() throws(ListError) {
        let whole = unsafe UnsafeRawBufferPointer(rebasing: piece[..<filled])
        unsafe stream?.update(whole)
        var written = 0
        while written < filled {
            let some = unsafe write(descriptor, whole.baseAddress?.advanced(by: written), filled - written)
            guard some >= 0 || errno == EINTR else { throw ListError(failed: "write", path + Self.unfinished) }
            written += max(some, 0)
        }
        count += filled
        filled = 0
    }

    private static func syncFolder(of path: String) throws(ListError) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ListError(failed: "open folder", folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw ListError(failed: "sync folder", folder) }
    }
}

extension ListError {
    /// What the system says of the call that has just failed.
    init(failed operation: String, _ path: String) {
        let number = errno
        let remedy = number == ENOSPC || number == EDQUOT ? "; make room on the disk" : ""
        self = unsafe .system(operation: operation, path: path, cause: String(cString: strerror(number)) + remedy)
    }
}
