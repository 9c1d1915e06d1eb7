/// What pages a mapped file has: a lookup in small ones waits for the tables that say where a page is.
enum PageKind {
    /// In words, from what the kernel says of this process's maps.
    static func note(of path: String) throws -> String {
        note(of: path, in: try ProcessFile.text(of: "/proc/self/smaps"))
    }

    /// - Parameter maps: as `/proc/self/smaps` has them.
    static func note(of path: String, in maps: String) -> String {
        var isOurs = false
        var (size, large) = (0, 0)
        for line in maps.split(separator: "\n") {
            let words = line.split(separator: " ")
            if let first = words.first, !first.hasSuffix(":") { isOurs = words.last.map(String.init) == path }
            guard isOurs, words.count == 3, let kilobytes = Int(words[1]) else { continue }
            if words[0] == "Size:" { size += kilobytes }
            if words[0] == "FilePmdMapped:" { large += kilobytes }
        }
        guard size > 0 else { return "not mapped" }
        return large == 0 ? "4 kB" : "\(large * 100 / size) % in 2 MB"
    }
}
