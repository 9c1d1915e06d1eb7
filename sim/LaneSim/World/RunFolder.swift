import FoundationEssentials
import Glibc
import Storage

/// A real folder of this run alone, for its agreement lists, which are mapped: in memory where the system has such a place. It goes
/// with its owner.
struct RunFolder: ~Copyable {
    /// In memory first: a sync costs nothing there, and a virtual disk has virtual delays.
    private static let places = ["/dev/shm", "/tmp"]
    /// A place with less than this is passed by: a list of a million agreements has 17 MB, and some runs go on at one time.
    private static let leastRoom: UInt64 = 500_000_000
    private static let prefix = "lanesim-"
    /// Seconds after which a folder without a holder is one that a killed run left: the next run takes it away.
    private static let leftAfter = 60

    let path: String
    private let lock: FolderLock

    init() throws {
        var failure = FileError("make a folder in", Self.places[0], number: ENOSPC)
        for place in Self.places where Self.hasRoom(place) {
            Self.removeWhatIsLeft(in: place)
            var name = Array("\(place)/\(Self.prefix)XXXXXX".utf8CString)
            guard unsafe mkdtemp(&name) != nil else {
                failure = FileError("make a folder in", place)
                continue
            }
            let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            lock = try FolderLock(folder: path)
            self.path = path
            return
        }
        throw failure
    }

    deinit {
        // One that cannot be removed stays for a later run, or a person.
        do { try FileManager.default.removeItem(atPath: path) } catch { return }
    }

    private static func hasRoom(_ place: String) -> Bool {
        var figures = statvfs()
        return unsafe statvfs(place, &figures) == 0 && UInt64(figures.f_bavail) * UInt64(figures.f_frsize) >= leastRoom
    }

    private static func removeWhatIsLeft(in place: String) {
        do {
            for name in try FileManager.default.contentsOfDirectory(atPath: place) where name.hasPrefix(prefix) {
                var status = stat()
                let path = "\(place)/\(name)"
                guard unsafe stat(path, &status) == 0, time(nil) - status.st_mtim.tv_sec > leftAfter else { continue }
                removeUnlessHeld(path)
            }
        } catch {
            // What cannot be listed is somebody else's to tidy.
            return
        }
    }

    /// Whoever uses a folder holds its lock.
    private static func removeUnlessHeld(_ path: String) {
        do {
            let lock = try FolderLock(folder: path)
            try FileManager.default.removeItem(atPath: path)
            _ = consume lock
        } catch {
            return
        }
    }
}
