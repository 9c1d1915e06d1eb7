import Exchange
import HTTP
import Lane
import Storage
import Synchronization

/// The signed lists in the folder, as they stand there at each request: publishing is replacing a file.
final class ListShelf: Sendable {
    private struct Known {
        let stamp: FileStamp
        let version: ListVersion
    }

    private let folder: CentralFolder
    /// Verifying a list means reading all of it: done once for each version. As many names as there are list files.
    private let known = Mutex<[String: Known]>([:])
    private let report: @Sendable (String) -> Void

    init(folder: CentralFolder, report: @escaping @Sendable (String) -> Void) {
        self.folder = folder
        self.report = report
    }

    /// The list file whole; 304 when the caller has it already.
    func answer(_ name: String, ifNoneMatch: String?) -> ServerResponse {
        let path = folder.list(name)
        guard let stamp = FileStamp(of: path) else {
            return .refusal(404, Refusal(.notFound, message: "no list of that name is published here"))
        }
        do {
            let version = try version(of: name, at: path, stamp)
            let tag = "\"\(version.epoch).\(version.version)\""
            guard !Self.matches(ifNoneMatch, tag) else { return ServerResponse(status: 304, headers: ["ETag": tag]) }
            // Should the file be replaced right now, the newer one goes out under the older tag, and is asked for again.
            return ServerResponse(
                status: 200, headers: ["ETag": tag, "Content-Type": "application/octet-stream"],
                body: .file(path: path))
        } catch {
            report("list \(path): \(error)")
            return .later("the list is not usable right now")
        }
    }

    /// A list that is not signed by the folder's own key is not given out.
    private func version(of name: String, at path: String, _ stamp: FileStamp) throws -> ListVersion {
        if let known = known.withLock({ $0[name] }), known.stamp == stamp { return known.version }
        let key = try PublicKey(file: folder.publicKey)
        let version = try AgreementList.open(path: path, trusting: [key]).version
        known.withLock { $0[name] = Known(stamp: stamp, version: version) }
        return version
    }

    /// If-None-Match is a list of tags or a star (RFC 9110 §13.1.2); a weak one matches too.
    private static func matches(_ field: String?, _ tag: String) -> Bool {
        guard let field else { return false }
        return field.split(separator: ",").contains { part in
            var part = part.drop { $0 == " " }
            while part.last == " " { part.removeLast() }
            if part.hasPrefix("W/") { part = part.dropFirst(2) }
            return part == "*" || part == tag
        }
    }
}
