/// The frames of a write-ahead log as they lie there, one after the other: SQLite itself reads up to the first that is not sound.
///
///     magic (4) │ version (4) │ page size (4) │ checkpoints (4) │ salts (8) │ checksum (8)                     once
///     page's number (4) │ pages after the commit, 0: it goes on (4) │ salts (8) │ checksum (8) │ page          each frame
///
/// A frame's checksum goes on from the one before it, over its own first 8 bytes and its page; all numbers have the high byte first. A
/// log that was begun anew has other salts, and behind its end lie frames of the one before.
struct LogFrames: ~Copyable {
    static let headerBytes = 32
    static let frameHeaderBytes = 24
    /// SQLite's largest.
    private static let mostPageBytes = 65_536

    struct Frame {
        var bytes: [UInt8]
        /// It is of this log, not of one before.
        let isOfLog: Bool
        /// Its checksum goes on from the one that the frame before it has, whether that is right or not.
        let follows: Bool
        /// What its checksum goes on from.
        let start: (UInt32, UInt32)

        var page: UInt32 { LogFrames.word(bytes, at: 0) }
        /// The pages of the database after the commit that it ends; 0: it ends none.
        var pages: UInt32 { LogFrames.word(bytes, at: 4) }
    }

    let header: [UInt8]
    /// What the checksum of the first frame goes on from.
    var start: (UInt32, UInt32) { (Self.word(header, at: 24), Self.word(header, at: 28)) }
    private let file: SourceFile
    private let pageBytes: Int
    private let isBigEndian: Bool
    private var before: (UInt32, UInt32)

    /// - Returns: nil where there is no log, or its header is none.
    init?(of path: String, on disk: any Disk) throws(FileError) {
        guard let file = try SourceFile(path, on: disk) else { return nil }
        let header = try Self.read(Self.headerBytes, of: file)
        guard header.count == Self.headerBytes, Self.word(header, at: 0) & ~1 == 0x377F_0682 else { return nil }
        let pageBytes = Int(Self.word(header, at: 8))
        let before = (Self.word(header, at: 24), Self.word(header, at: 28))
        let isBigEndian = header[3] & 1 == 1
        guard (512...Self.mostPageBytes).contains(pageBytes), pageBytes % 8 == 0,
            Self.checksum(header, 0..<24, from: (0, 0), isBigEndian) == before
        else { return nil }
        self.header = header
        self.file = file
        self.pageBytes = pageBytes
        self.isBigEndian = isBigEndian
        self.before = before
    }

    /// The next frame; nil at the end.
    mutating func next() throws(FileError) -> Frame? {
        let bytes = try Self.read(Self.frameHeaderBytes + pageBytes, of: file)
        guard bytes.count == Self.frameHeaderBytes + pageBytes else { return nil }
        let stored = (Self.word(bytes, at: 16), Self.word(bytes, at: 20))
        let isOfLog = bytes[8..<16] == header[16..<24]
        let follows = isOfLog && checksum(bytes, from: before) == stored
        let frame = Frame(bytes: bytes, isOfLog: isOfLog, follows: follows, start: before)
        before = stored
        return frame
    }

    /// A bad frame as it was written, where one bit of its page's number is another; else as it is.
    func mended(_ frame: Frame, _ pages: UInt32) -> Frame {
        var tried = frame
        for bit in 0..<64 {
            tried.bytes[bit / 8] ^= 1 << (bit % 8)
            if 1...pages ~= tried.page, goesOn(tried, from: frame.start) { return tried }
            tried.bytes[bit / 8] ^= 1 << (bit % 8)
        }
        return frame
    }

    /// Whether a frame's checksum goes on from that one.
    func goesOn(_ frame: Frame, from before: (UInt32, UInt32)) -> Bool {
        checksum(frame.bytes, from: before) == (Self.word(frame.bytes, at: 16), Self.word(frame.bytes, at: 20))
    }

    /// The checksum of a frame behind that one.
    func checksum(_ frame: [UInt8], from before: (UInt32, UInt32)) -> (UInt32, UInt32) {
        let start = Self.checksum(frame, 0..<8, from: before, isBigEndian)
        return Self.checksum(frame, Self.frameHeaderBytes..<frame.count, from: start, isBigEndian)
    }

    private static func checksum(
        _ bytes: [UInt8], _ range: Range<Int>, from before: (UInt32, UInt32), _ isBigEndian: Bool
    ) -> (UInt32, UInt32) {
        var (first, second) = before
        for place in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
            let words = (word(bytes, at: place), word(bytes, at: place + 4))
            first &+= (isBigEndian ? words.0 : words.0.byteSwapped) &+ second
            second &+= (isBigEndian ? words.1 : words.1.byteSwapped) &+ first
        }
        return (first, second)
    }

    private static func word(_ bytes: [UInt8], at place: Int) -> UInt32 {
        UInt32(bytes[place]) << 24 | UInt32(bytes[place + 1]) << 16 | UInt32(bytes[place + 2]) << 8
            | UInt32(bytes[place + 3])
    }

    private static func read(_ count: Int, of file: borrowing SourceFile) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count, case let piece = try file.read(most: count - bytes.count), !piece.isEmpty {
            bytes += piece
        }
        return bytes
    }
}
