import FoundationEssentials
import Glibc
import HTTP
import Lane
import Station
import Storage

/// The folder of a run on the wire: configuration, sockets, state, logs. It is made anew each time.
struct WireSite {
    /// Says that a folder is ours to empty.
    private static let mark = ".bomstasjon-wire"
    /// The longest of the sockets in it.
    private static let longestName = "/devices/lines.sock"

    let folder: String

    var devices: String { "\(folder)/devices" }
    var central: String { "\(folder)/central" }
    /// The station's state folder.
    let state: String
    var configuration: String { "\(folder)/station.conf" }
    var control: String { "\(folder)/station.sock" }
    func agreements(_ list: Int) -> String { "\(folder)/agreements\(list == 0 ? "" : ".\(list + 1)").txt" }
    func log(_ program: String) -> String { "\(folder)/\(program).log" }

    /// Makes an empty folder; one that is not a run's is left alone.
    ///
    /// - Parameters:
    ///   - isGoneOnWith: what an earlier run has left stays.
    ///   - state: the station's state folder, from this one on.
    init(_ path: String, isGoneOnWith: Bool = false, state: String = "station") throws {
        let files = FileManager.default
        let folder = path.hasPrefix("/") ? path : files.currentDirectoryPath + "/" + path
        guard folder.utf8.count + Self.longestName.utf8.count <= Endpoint.longestSocketPath else {
            throw CommandFailure(
                .cannotCreate, "\(folder) is too long a path for the sockets in it; name a shorter --folder")
        }
        let contents = try files.contentsOfDirectory(atPath: folder).filter { $0 != FolderLock.name }
        guard contents.isEmpty || contents.contains(Self.mark) else {
            throw CommandFailure(.cannotCreate, "\(path) has files that are no run's; name another --folder")
        }
        do {
            for name in contents where !isGoneOnWith { try files.removeItem(atPath: "\(folder)/\(name)") }
            try files.createDirectory(atPath: folder + "/devices", withIntermediateDirectories: true)
            try Data().write(to: URL(filePath: "\(folder)/\(Self.mark)"))
        } catch {
            throw CommandFailure(.cannotCreate, "\(path) cannot be emptied and filled; name another --folder")
        }
        self.folder = folder
        self.state = "\(folder)/\(state)"
    }

    /// The sole right to a folder, which is made where it is missing: one run at a time in it.
    static func lock(_ path: String) throws -> FolderLock {
        do throws(FileError) {
            try makeFolder(path)
            return try FolderLock(folder: path)
        } catch {
            guard error.number == EWOULDBLOCK else { throw CommandFailure(.cannotCreate, "\(error)") }
            throw CommandFailure(.tryAgain, "another run has \(path); name another --folder")
        }
    }

    /// Takes the readers' ports away, as far as they are there.
    func removeLinks(of readers: [String]) {
        for reader in readers { _ = unsafe unlink("\(devices)/\(reader)") }
    }

    /// How many photos the station still has.
    func photosLeft() throws -> Int {
        guard FileManager.default.fileExists(atPath: "\(state)/photos") else { return 0 }
        return try FileManager.default.contentsOfDirectory(atPath: "\(state)/photos").count
    }

    /// Where the programs' logs hold the number of a tag or plate, in words.
    func numbersInLogs(_ numbers: NumbersUsed) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".log") }.sorted().flatMap {
            let text = String(
                decoding: FileManager.default.contents(atPath: "\(folder)/\($0)") ?? Data(), as: UTF8.self)
            return numbers.troubles(in: text.split(separator: "\n").map { String($0) }, of: $0)
        }
    }

    /// Writes a list's agreements as the central server reads them.
    func write(_ list: PublishedList, number: Int) throws {
        let lines = list.entries.map { "\($0.lineOfFile)\n" }
        try write("# number          status\n" + lines.joined(), to: agreements(number))
    }

    /// Writes the station's configuration.
    func write(_ site: Site, centralURL: String, publicKey: String, cameras: [String: Int]) throws {
        var file = try WireConfiguration(site.text)
        file.set("station", "", "stateFolder", state)
        file.set("station", "", "controlSocket", control)
        file.set("station", "", "group", nil)
        // All that can be said is said: no number may be in it, at any level.
        file.set("log", "", "level", "debug")
        file.set("lines", "", "driver", "simulated")
        file.set("lines", "", "socket", "\(devices)/lines.sock")
        for reader in file.names(of: "reader") { file.set("reader", reader, "port", "\(devices)/\(reader)") }
        for camera in file.names(of: "camera") {
            file.set("camera", camera, "url", "http://127.0.0.1:\(cameras[camera] ?? 0)/snapshot.jpg")
        }
        file.set("central", "", "url", centralURL)
        file.set("central", "", "publicKeys", publicKey)
        for key in ["caFile", "clientCertificate", "clientKey"] { file.set("central", "", key, nil) }
        try write(file.text, to: configuration)
    }

    private func write(_ text: String, to path: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }
}

extension AgreementSpec {
    /// `12 3456789 0  approved`, as `central agreements` reads it.
    fileprivate var lineOfFile: String { "\(tag.system == .pan ? "pan:" : "")\(tag.clear)  \(standing.rawValue)" }
}
