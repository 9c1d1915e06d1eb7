import FoundationEssentials

/// A folder of a test's own, gone when the test is over.
final class TestFolder {
    private let path = "/tmp/exchange-\(UInt64.random(in: 0 ... .max))"

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false) }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            print("remove \(path): \(error)")
        }
    }

    static func / (folder: TestFolder, name: String) -> String { "\(folder.path)/\(name)" }

    func write(_ bytes: [UInt8], to name: String) throws { try Data(bytes).write(to: URL(filePath: self / name)) }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: self / name) }

    func setMode(of name: String, _ mode: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: self / name)
    }

    func mode(of name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: self / name)[.posixPermissions] as? Int
    }
}
