import FoundationEssentials
import Station
import Testing

@testable import LaneSim

/// A folder with scenario files for one test, beside the sites of the repository.
struct LanguageFiles: ~Copyable {
    let folder: String
    static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
        separator: "/")
    static var sites: String { "\(root)/sim/scenarios/sites" }

    /// A scenario that is good, line by line.
    static let good = """
        [scenario]
        site = one-lane.conf
        [agreement anna]
        number = 10 0000001 1
        [vehicle first]
        at = 1 s
        tag = anna

        """

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/language-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in try FileManager.default.contentsOfDirectory(atPath: Self.sites) {
            try FileManager.default.copyItem(atPath: "\(Self.sites)/\(name)", toPath: "\(folder)/\(name)")
        }
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: folder) } catch { Issue.record(error) }
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
    }

    /// What loading a file says: the scenario, or its errors with file names cut to their last part.
    func load(_ name: String) -> (scenario: Scenario?, errors: String) {
        do throws(ConfigurationErrors) {
            return (try Scenario.load("\(folder)/\(name)"), "")
        } catch {
            return (nil, error.description.replacing("\(folder)/", with: ""))
        }
    }

    /// The errors of a text as `a.lane`.
    func errors(of text: String) throws -> String {
        try write(text, to: "a.lane")
        return load("a.lane").errors
    }
}

/// The errors of the good scenario with lines behind it.
func errors(appending lines: String) throws -> String { try LanguageFiles().errors(of: LanguageFiles.good + lines) }

/// The errors of the good scenario with one line changed; it has to be there once.
func errors(changing line: String, to other: String) throws -> String {
    let parts = LanguageFiles.good.split(separator: "\(line)\n", omittingEmptySubsequences: false)
    precondition(parts.count == 2, "the sample has the line once: \(line)")
    return try LanguageFiles().errors(of: parts.joined(separator: other.isEmpty ? "" : "\(other)\n"))
}
