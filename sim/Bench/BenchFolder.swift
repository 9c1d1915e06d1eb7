import FoundationEssentials

/// A folder for what is measured, on the disk of the build: a memory file system would make every commit free. Removed at the end.
struct BenchFolder: ~Copyable {
    let path: String

    init(_ name: String) throws {
        let files = FileManager.default
        path = "\(files.currentDirectoryPath)/.build/\(name)-\(UInt32.random(in: 0 ... .max))"
        try files.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        // What cannot be removed lies in the build folder, where `make clean` finds it.
        do { try FileManager.default.removeItem(atPath: path) } catch { return }
    }
}
