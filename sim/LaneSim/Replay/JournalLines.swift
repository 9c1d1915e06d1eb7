import Exchange
import Lane
import Station
import Storage

/// A journal's export, read line by line: a file of any length in the memory of one line.
struct JournalLines: ~Copyable {
    /// A record with the line on which it stands.
    struct Entry: Sendable {
        /// Counted from 1.
        let number: Int
        let line: RecordLine
        let fields: RecordFields
    }

    private static let pieceBytes = 65_536

    private let file: SourceFile
    private var piece: ArraySlice<UInt8> = []
    private var number = 0

    /// Opens the file; a missing one is the command's failure.
    init(_ path: String) throws {
        do throws(FileError) {
            guard let file = try SourceFile(path) else {
                throw FileError("open", path, number: Self.noSuchFile)
            }
            self.file = file
        } catch {
            throw CommandFailure(.noInput, "\(error); station journal export prints a journal")
        }
    }

    /// `ENOENT`.
    private static let noSuchFile: Int32 = 2

    /// Begins again with the first line.
    mutating func rewind() throws {
        try file.rewind()
        piece = []
        number = 0
    }

    /// The next record; nil at the end. A line that is none is the command's failure.
    mutating func next() throws -> Entry? {
        guard let bytes = try nextLine() else { return nil }
        number += 1
        let line: RecordLine
        do throws(RecordLine.Problem) {
            line = try RecordLine(parsing: bytes)
        } catch {
            switch error {
            case .tooLong: throw failure("longer than a record can be (\(RecordLine.mostBytes) bytes)")
            case .malformed: throw failure("no record, or a damaged one; \(Self.remedy)")
            }
        }
        let format = format(of: line.body)
        guard format == nil || format == Record.format else {
            throw failure(
                "a record of format \(format ?? 0), and this program knows \(Record.format); use that station's lanesim"
            )
        }
        guard let fields = RecordFields(body: line.body) else { throw failure("no record; \(Self.remedy)") }
        return Entry(number: number, line: line, fields: fields)
    }

    private static let remedy = "export it again (station journal export)"

    private func failure(_ text: String) -> CommandFailure {
        CommandFailure(.badData, "\(file.path):\(number): \(text)")
    }

    /// The next line without its newline. One that is too long ends where a record would have ended.
    private mutating func nextLine() throws -> [UInt8]? {
        var line: [UInt8] = []
        while true {
            if piece.isEmpty { piece = try file.read(most: Self.pieceBytes)[...] }
            guard !piece.isEmpty else { return line.isEmpty ? nil : line }
            let end = piece.firstIndex(of: UInt8(ascii: "\n"))
            line += piece[..<(end ?? piece.endIndex)]
            piece = end.map { piece[($0 + 1)...] } ?? []
            if end != nil || line.count > RecordLine.mostBytes { return line }
        }
    }
}

/// The version of a body's format, whatever its other members are; nil where it says none.
private func format(of body: [UInt8]) -> Int? {
    let head = Array(#"{"v":"#.utf8)
    guard body.starts(with: head) else { return nil }
    let digits = body.dropFirst(head.count).prefix { (0x30...0x39).contains($0) }
    return Int(String(decoding: digits, as: UTF8.self))
}
