import Exchange
import FoundationEssentials
import Station

/// Digests that runs must have, as a file keeps them: a scenario's path from the file's folder on, its seed, its digest.
///
///     # scenario                       seed  digest
///     catalogue/monday-morning.lane    1     3f0c…
struct DigestList {
    struct Entry: Hashable {
        /// As a command would name the file.
        let path: String
        let seed: UInt64
        let digest: String
        let line: Int
    }

    let path: String
    let entries: [Entry]
    private let text: String

    /// Reads a file; what is wrong with it is said with its line.
    init(path: String) throws(CommandFailure) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(.noInput, "\(path): no such file, or it cannot be read")
        }
        try self.init(String(decoding: data, as: UTF8.self), path: path)
    }

    init(_ text: String, path: String) throws(CommandFailure) {
        self.path = path
        self.text = text
        let folder = path.folder.isEmpty ? "" : path.folder + "/"
        var entries: [Entry] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            guard words.count == 3, let seed = UInt64(words[1]), Digest(hex: words[2]) != nil else {
                throw CommandFailure(
                    .badData,
                    "\(path):\(index + 1):1: expected a scenario, its seed and its digest of 64 hexadecimal digits")
            }
            entries.append(Entry(path: folder + first, seed: seed, digest: words[2], line: index + 1))
        }
        self.entries = entries
    }

    /// The file's text with the digests of these runs; what else stands in it stays.
    func renewed(by results: [RunResult]) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for entry in entries {
            guard let result = results.first(where: { $0.path == entry.path && $0.seed == entry.seed }) else {
                continue
            }
            lines[entry.line - 1] = lines[entry.line - 1].replacing(entry.digest, with: result.digest.hex)
        }
        return lines.joined(separator: "\n")
    }

    /// What is wrong with a run; nil: its digest is as it should be, or the list does not have it.
    func fault(of result: RunResult) -> String? {
        guard let entry = entries.first(where: { $0.path == result.path && $0.seed == result.seed }),
            entry.digest != result.digest.hex
        else { return nil }
        return
            "the run came out otherwise than \(path):\(entry.line) says: digest \(result.digest.hex), not \(entry.digest); "
            + "if that is meant, make it so with --renew"
    }
}
