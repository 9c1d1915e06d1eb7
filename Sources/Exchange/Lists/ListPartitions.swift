import Glibc

/// The rows of a list in the making, divided by the upper bits of their mixed keys: in memory while they fit there, else in a
/// temporary file.
///
/// Each partition fills one piece of memory at a time. When all of the memory is in use, the pieces that are full go to the file, and from
/// then on each as soon as it is full. Nobody else finds the file: it has no name any more when it is written, so that
/// nothing stays behind, whatever ends the program.
@safe struct ListPartitions: ~Copyable {
    /// How many partitions there are: 64 million rows are a quarter of a million in each.
    static let count = 1 << bits
    /// By so many of the uppermost bits.
    static let bits = 8
    /// The least memory it can do with: two pieces for each partition.
    static let leastMemory = 1 << 20
    /// More rows in a piece bring nothing: it is written at once.
    private static let mostRowsOfPiece = 4_096

    /// How many rows a partition may have: what a quarter of the memory can sort.
    let mostRowsOfPartition: Int
    private let folder: String
    private let rowsOfPiece: Int
    private let pieces: Int
    /// Memory is reserved whole and taken page by page, as it is filled.
    private let memory: UnsafeMutableBufferPointer<ListRow>
    private var unused: Range<Int>
    private var free: [Int] = []
    private var partitions = [Partition](repeating: Partition(), count: count)
    /// Once there is one, all full pieces are in it.
    private var file: Int32?
    private var piecesInFile = 0

    private struct Partition {
        /// The piece that is being filled; none: the first row is still to come.
        var piece: Int?
        var filled = 0
        /// Pieces that are full, in the order of their rows: places in memory or, once there is one, in the file.
        var full: [UInt32] = []
    }

    init(folder: String, memory bytes: Int) {
        let bytes = max(bytes, Self.leastMemory)
        self.folder = folder
        rowsOfPiece = min(bytes * 3 / 4 / ListRow.bytes / (2 * Self.count), Self.mostRowsOfPiece)
        pieces = bytes * 3 / 4 / ListRow.bytes / rowsOfPiece
        mostRowsOfPartition = bytes / 4 / (2 * ListRow.bytes)
        unused = 0..<pieces
        unsafe memory = .allocate(capacity: pieces * rowsOfPiece)
    }

    deinit {
        unsafe memory.deallocate()
        if let file { close(file) }
    }

    /// Rows of a partition.
    func rows(of partition: Int) -> Int {
        partitions[partition].full.count * rowsOfPiece + partitions[partition].filled
    }

    mutating func append(_ row: ListRow) throws(ListError) {
        let partition = Int(row.mixed >> UInt64(64 - Self.bits))
        let filled = partitions[partition].filled
        if let piece = partitions[partition].piece, filled < rowsOfPiece {
            unsafe memory[piece * rowsOfPiece + filled] = row
            partitions[partition].filled = filled + 1
        } else {
            let piece = try newPiece(for: partition)
            unsafe memory[piece * rowsOfPiece] = row
            partitions[partition].filled = 1
        }
    }

    /// The rows of a partition, in the order in which they came.
    func copyRows(of partition: Int, to rows: inout [ListRow]) throws(ListError) {
        let (full, filled) = (partitions[partition].full, partitions[partition].filled)
        rows.removeAll(keepingCapacity: true)
        rows.append(contentsOf: repeatElement(ListRow(mixed: 0, word: 0, line: 0), count: self.rows(of: partition)))
        for (index, place) in full.enumerated() {
            let range = index * rowsOfPiece..<(index + 1) * rowsOfPiece
            guard let file else {
                unsafe rows.replaceSubrange(range, with: piece(Int(place)))
                continue
            }
            try unsafe rows.withUnsafeMutableBufferPointer { rows throws(ListError) in
                let piece = unsafe UnsafeMutableBufferPointer(rebasing: rows[range])
                try unsafe read(UnsafeMutableRawBufferPointer(piece), from: file, at: Int(place))
            }
        }
        guard let last = partitions[partition].piece else { return }
        unsafe rows.replaceSubrange((full.count * rowsOfPiece)..., with: piece(last)[..<filled])
    }

    private func piece(_ piece: Int) -> UnsafeMutableBufferPointer<ListRow> {
        unsafe UnsafeMutableBufferPointer(rebasing: memory[piece * rowsOfPiece..<(piece + 1) * rowsOfPiece])
    }

    /// A piece for the next rows of a partition, whose present one is full or is not there yet.
    private mutating func newPiece(for partition: Int) throws(ListError) -> Int {
        if let full = partitions[partition].piece {
            if let file {
                partitions[partition].full.append(try write(full, to: file))
                return full
            }
            partitions[partition].full.append(UInt32(full))
        }
        if unused.isEmpty, free.isEmpty { try spill() }
        guard let piece = free.popLast() ?? unused.popFirst() else {
            preconditionFailure("there are two pieces for each partition")
        }
        partitions[partition].piece = piece
        return piece
    }

    /// Writes all full pieces to a file and frees their memory.
    private mutating func spill() throws(ListError) {
        let file = try Self.temporaryFile(in: folder)
        self.file = file
        for partition in partitions.indices {
            for index in partitions[partition].full.indices {
                let piece = Int(partitions[partition].full[index])
                partitions[partition].full[index] = try write(piece, to: file)
                free.append(piece)
            }
        }
    }

    private mutating func write(_ piece: Int, to file: Int32) throws(ListError) -> UInt32 {
        let bytes = unsafe UnsafeRawBufferPointer(self.piece(piece))
        var written = 0
        while written < bytes.count {
            let offset = off_t(piecesInFile * bytes.count + written)
            let some = unsafe pwrite(file, bytes.baseAddress?.advanced(by: written), bytes.count - written, offset)
            guard some >= 0 || errno == EINTR else { throw ListError(failed: "write a temporary file in", folder) }
            written += max(some, 0)
        }
        piecesInFile += 1
        return UInt32(piecesInFile - 1)
    }

    private func read(_ bytes: UnsafeMutableRawBufferPointer, from file: Int32, at place: Int) throws(ListError) {
        var done = 0
        while done < bytes.count {
            let offset = off_t(place * bytes.count + done)
            let some = unsafe pread(file, bytes.baseAddress?.advanced(by: done), bytes.count - done, offset)
            if some == 0 { errno = EIO }
            guard some > 0 || some < 0 && errno == EINTR else {
                throw ListError(failed: "read a temporary file in", folder)
            }
            done += max(some, 0)
        }
    }

    /// A file without a name, in a folder that is made when it is not there.
    private static func temporaryFile(in folder: String) throws(ListError) -> Int32 {
        guard unsafe mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw ListError(failed: "create", folder) }
        let path = "\(folder)/rows-\(UInt64.random(in: 0 ... .max))"
        let file = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw ListError(failed: "create a temporary file in", folder) }
        unsafe unlink(path)
        return file
    }
}
