import FoundationEssentials
import Storage

/// The notes of a run on disk. A crash of the run loses nothing of them but a line that it was writing.
struct TortureNotes: ~Copyable {
    private static let name = "notes.ndjson"
    /// Four hundred bytes for each of the most kills, and for the reads between them.
    private static let mostBytes = 1 << 30

    private var file: GrowingFile
    private(set) var story: TortureStory

    /// What a folder's notes say; nil when it has none.
    static func story(in folder: String) throws -> TortureStory? { try read(folder).map { TortureStory($0.notes) } }

    /// Goes on with the notes of a folder, or begins them.
    init(in folder: String) throws {
        let found = try Self.read(folder)
        let file = try GrowingFile("\(folder)/\(Self.name)", keeping: found?.bytes ?? 0)
        story = TortureStory(found?.notes ?? [])
        self.file = consume file
    }

    mutating func write(_ note: TortureNote) throws {
        story.take(note)
        try file.append([UInt8](try JSONEncoder().encode(note)) + [UInt8(ascii: "\n")])
    }

    /// - Returns: the notes, and how many bytes their whole lines have.
    private static func read(_ folder: String) throws -> (notes: [TortureNote], bytes: Int)? {
        let path = "\(folder)/\(name)"
        guard let file = try SourceFile(path) else { return nil }
        let bytes = try file.readAll(most: mostBytes)
        let whole = bytes[...(bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1)]
        let notes = try whole.split(separator: UInt8(ascii: "\n")).enumerated().map { index, line in
            do {
                return try JSONDecoder().decode(TortureNote.self, from: Data(line))
            } catch {
                throw FileError(
                    "line \(index + 1) cannot be read: \(error); go on in another folder than", path, number: 0)
            }
        }
        return (notes, whole.count)
    }
}
