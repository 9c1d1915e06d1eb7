import Glibc

/// A folder of a test's own, gone with it.
package final class TemporaryFolder: Sendable {
    /// Where it is.
    package let path: String

    /// Makes it under `/tmp`.
    package init() throws {
        var template = Array("/tmp/bomstasjon-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw Errno(number: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { removeAll(path) }

    /// The path of a name in it.
    package static func / (folder: TemporaryFolder, name: String) -> String { folder.path + "/" + name }

    /// The names in it, sorted.
    package var names: [String] { namesOf(path) }

    /// Why it could not be made.
    package struct Errno: Error {
        /// As the system counts.
        package let number: Int32
    }
}

/// The names in a folder, sorted; none where there is no such folder.
package func namesOf(_ folder: String) -> [String] {
    guard let handle = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(handle) }
    var names: [String] = []
    while let entry = unsafe readdir(handle) {
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
            unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
        }
        if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
}

private func removeAll(_ path: String) {
    for name in namesOf(path) {
        let inner = path + "/" + name
        if unsafe unlink(inner) != 0 { removeAll(inner) }
    }
    unsafe rmdir(path)
}

/// All of a file; nil when it cannot be read.
package func bytesOf(_ path: String) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = unsafe read(descriptor, &chunk, chunk.count)
        guard count > 0 else { return count == 0 ? all : nil }
        all += chunk[..<count]
    }
}
