import Station
import Storage

/// A file of agreements or of changes, read from its beginning each time.
package struct AgreementsSource: ~Copyable {
    package let path: String
    /// In bytes; 0 where the system does not know, as of a pipe.
    package let size: Int
    private let file: SourceFile

    package init(_ path: String) throws {
        guard let file = try SourceFile(path) else {
            throw CommandFailure(.noInput, "open \(path): there is no such file; name the file of agreements")
        }
        self.path = path
        size = file.size
        self.file = file
    }

    /// Hands on what each line says.
    ///
    /// - Parameter progress: takes how many bytes have been read.
    /// - Throws: `AgreementsFile.Faults` at the end, with everything that is wrong in the file.
    package borrowing func read(
        _ rules: AgreementsRules, progress: (Int) -> Void = { _ in },
        _ body: (AgreementsFile.Entry) throws -> Void
    ) throws {
        var reader = AgreementsReader(rules)
        var bytes = 0
        while true {
            let piece = try file.read(most: Self.pieceBytes)
            if piece.isEmpty { break }
            try reader.take(piece, body)
            bytes += piece.count
            progress(bytes)
        }
        try reader.finish(body)
    }

    /// Some twenty thousand lines.
    private static let pieceBytes = 1 << 20
}
