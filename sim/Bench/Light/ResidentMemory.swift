/// What a process keeps in memory.
enum ResidentMemory {
    /// Kilobytes of everything but the maps of list files.
    static func besideLists(of process: Int32) throws -> Int {
        besideLists(in: try ProcessFile.text(of: "/proc/\(process)/smaps"))
    }

    /// - Parameter maps: as `/proc/PID/smaps` has them.
    static func besideLists(in maps: String) -> Int {
        var isList = false
        var sum = 0
        for line in maps.split(separator: "\n") {
            let words = line.split(separator: " ")
            if let first = words.first, !first.hasSuffix(":") { isList = words.contains { $0.contains(".list") } }
            if !isList, words.first == "Rss:", words.count == 3 { sum += Int(words[1]) ?? 0 }
        }
        return sum
    }
}
