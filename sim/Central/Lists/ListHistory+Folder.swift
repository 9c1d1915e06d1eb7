import Exchange
import FoundationEssentials
import Storage

extension ListHistory {
    /// What is in a list's folder; empty where there is none.
    static func files(of name: String, in folder: CentralFolder) throws -> [ListFile: Int] {
        guard FileStamp(of: folder.history(of: name)) != nil else { return [:] }
        var files: [ListFile: Int] = [:]
        for entry in try FileManager.default.contentsOfDirectory(atPath: folder.history(of: name)) {
            // Another program may be tidying up: what has gone meanwhile is not there.
            guard let file = ListFile(name: entry), let stamp = FileStamp(of: folder.list(name, file)) else { continue }
            files[file] = Int(stamp.size)
        }
        return files
    }
}
