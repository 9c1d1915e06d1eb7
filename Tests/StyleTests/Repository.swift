import FoundationEssentials

/// The tree that these tests stand in.
enum Repository {
    /// Its root, found from this file's place: Tests/StyleTests/Repository.swift.
    static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
        separator: "/")

    /// All Swift files of ours.
    static let files: [SourceFile] = paths.map { SourceFile(path: $0, text: text(of: $0)) }

    /// The arrows of the architecture page.
    static let arrows = Arrows(page: text(of: "ARCHITECTURE.md"))

    /// A file's text; empty, and so found wanting, when there is none.
    static func text(of path: String) -> String {
        guard let data = FileManager.default.contents(atPath: "\(root)/\(path)") else { return "" }
        return String(decoding: data, as: UTF8.self)
    }

    private static let paths: [String] = {
        let folders = ["Sources", "sim", "Tests"]
        let below = folders.flatMap { folder in
            let names = (try? FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
            return names.filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }
        }
        return (below + ["Package.swift"]).sorted()
    }()
}
