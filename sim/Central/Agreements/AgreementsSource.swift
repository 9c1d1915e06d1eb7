import Glibc
import Station
import Storage

/// A file of agreements or of changes, read from its beginning each time.
package struct AgreementsSource: ~Copyable {
    package let path: String
    /// In bytes; 0 where the system does not know, as of a pipe.
    package let size: Int
    private let file: SourceFile

    /// Opens a file or a pipe. Devices are refused: some of them never end.
    package init(_ path: String) throws {
        var status = stat()
        if unsafe stat(path, &status) == 0, [S_IFCHR, S_IFBLK].contains(status.st_mode & S_IFMT) {
            throw CommandFailure(.noInput, "open \(path): it is a device; name the file of agreements")
        }
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
