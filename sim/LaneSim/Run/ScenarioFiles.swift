import FoundationEssentials
import Station

/// The scenario files that a command names: files as they are, folders for every `.lane` in them, in the order of their paths.
enum ScenarioFiles {
    /// A folder that was named by mistake must not be searched for ever.
    static let most = 10_000
    private static let suffix = ".lane"

    static func named(by words: [String]) throws(CommandFailure) -> [String] {
        var files: [String] = []
        for word in words {
            var isFolder = false
            guard FileManager.default.fileExists(atPath: word, isDirectory: &isFolder) else {
                throw CommandFailure(.noInput, "\(word): no such file or folder")
            }
            files += isFolder ? try inside(word) : [word]
        }
        guard files.count <= most else {
            throw CommandFailure(.usage, "\(files.count) scenario files; at most \(most) are run at once")
        }
        return files
    }

    private static func inside(_ folder: String) throws(CommandFailure) -> [String] {
        let trimmed = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        let names: [String]
        do {
            names = try FileManager.default.subpathsOfDirectory(atPath: trimmed)
        } catch {
            throw CommandFailure(.noInput, "\(folder): the folder cannot be read")
        }
        let files = names.filter { $0.hasSuffix(suffix) }.sorted().map { "\(trimmed)/\($0)" }
        guard !files.isEmpty else { throw CommandFailure(.noInput, "\(folder): no \(suffix) file in it") }
        return files
    }
}
