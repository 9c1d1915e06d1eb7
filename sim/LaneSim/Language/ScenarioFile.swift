import Station

/// A scenario's text with everything that it includes, and the text of its site.
struct ScenarioFile {
    /// Files of one scenario, the site's among them. The largest of the catalogue has three.
    static let mostFiles = 32
    /// Includes of includes of includes.
    static let deepest = 8
    /// All files of one scenario together.
    static let mostBytes = 4_000_000

    private static let remedy = "a path counts from the folder of the file that says it"

    private(set) var scenario: ConfigurationText
    private var bytes = 0
    private var read: [String] = []

    /// Reads a file and what it includes, each laid over what it includes.
    init(_ path: String) throws(ConfigurationErrors) {
        scenario = try ConfigurationText([], file: path)
        scenario = try text(of: Self.normal(path), shown: path, includedBy: [])
    }

    /// The text of the site, with the sections that the scenario says over it.
    mutating func site(_ path: String, at place: TextPosition) throws(ConfigurationErrors) -> ConfigurationText {
        let file = Self.path(path, beside: place.file ?? scenario.file)
        var text = try open(file, at: place)
        text.lay(scenario.only(StationSections.kinds))
        return text
    }

    private mutating func text(
        of path: String, shown: String, includedBy chain: [String]
    ) throws(ConfigurationErrors) -> ConfigurationText {
        read.append(path)
        let own = try open(shown, at: nil)
        var whole = try ConfigurationText([], file: shown)
        for entry in own.sections.filter({ $0.kind == ScenarioSection.table.kind }).flatMap(\.entries)
        where entry.key == "include" {
            for name in entry.value.split(separator: ",").map({ $0.trimmed }) where !name.isEmpty {
                let file = Self.path(String(name), beside: shown)
                let normal = Self.normal(file)
                if let fault = fault(normal, chain + [path]) { throw error(fault, at: entry.valueAt) }
                guard !read.contains(normal) else { continue }
                do throws(ConfigurationErrors) {
                    whole.lay(try text(of: normal, shown: file, includedBy: chain + [path]))
                } catch {
                    throw error.isUnread && error.file == file
                        ? self.error(error.shown[0].text, about: file, at: entry.valueAt) : error
                }
            }
        }
        whole.lay(own)
        return whole
    }

    private func fault(_ path: String, _ chain: [String]) -> String? {
        if chain.contains(path) { return "\(path.quoted) includes itself, by way of others or at once" }
        if chain.count >= Self.deepest { return "includes \(Self.deepest) deep; put them into one file" }
        if read.count >= Self.mostFiles { return "more than \(Self.mostFiles) files in one scenario" }
        return nil
    }

    /// A file's text whose positions name it; a file that cannot be read is the fault of where it is named.
    private mutating func open(
        _ path: String, at place: TextPosition?
    ) throws(ConfigurationErrors) -> ConfigurationText {
        do throws(ConfigurationErrors) {
            let bytes = try ConfigurationFile.bytes(of: path, remedy: Self.remedy)
            self.bytes += bytes.count
            guard self.bytes <= Self.mostBytes else {
                throw error("more than \(Self.mostBytes) bytes in one scenario's files", at: place)
            }
            return try ConfigurationText(bytes, file: path, isOneOfSeveral: true)
        } catch {
            guard error.isUnread, let place else { throw error }
            throw self.error(error.shown[0].text, about: path, at: place)
        }
    }

    private func error(_ text: String, about path: String = "", at place: TextPosition?) -> ConfigurationErrors {
        ConfigurationErrors(
            ConfigurationError(
                file: place?.file ?? scenario.file, position: place, text: path.isEmpty ? text : "\(path) \(text)"))
    }

    /// A path that a file says, from the folder of that file.
    private static func path(_ path: String, beside file: String) -> String {
        guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        return file[...slash] + path
    }

    /// A path without `.` and without `..` where that can be told: one file has one such path, links apart.
    private static func normal(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
        }
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }
}
