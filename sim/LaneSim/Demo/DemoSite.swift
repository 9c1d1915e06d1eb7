import FoundationEssentials
import Glibc
import Lane
import Station
import Storage

/// The folder of a demonstration: configuration, sockets, state, logs. It is made anew each time.
struct DemoSite {
    /// Says that a folder is ours to empty.
    private static let mark = ".bomstasjon-demo"

    let folder: String

    var devices: String { "\(folder)/devices" }
    var central: String { "\(folder)/central" }
    var state: String { "\(folder)/station" }
    var configuration: String { "\(folder)/station.conf" }
    var agreements: String { "\(folder)/agreements.txt" }
    var control: String { "\(folder)/station.sock" }
    func log(_ program: String) -> String { "\(folder)/\(program).log" }

    /// Makes an empty folder; one that is not a demonstration's is left alone.
    init(_ path: String) throws {
        let files = FileManager.default
        let folder = path.hasPrefix("/") ? path : files.currentDirectoryPath + "/" + path
        let contents = try files.contentsOfDirectory(atPath: folder).filter { $0 != FolderLock.name }
        guard contents.isEmpty || contents.contains(Self.mark) else {
            throw CommandFailure(
                .cannotCreate, "\(path) has files that are not a demonstration's; name another --folder")
        }
        do {
            for name in contents { try files.removeItem(atPath: "\(folder)/\(name)") }
            try files.createDirectory(atPath: folder + "/devices", withIntermediateDirectories: true)
            try Data().write(to: URL(filePath: "\(folder)/\(Self.mark)"))
        } catch {
            throw CommandFailure(.cannotCreate, "\(path) cannot be emptied and filled; name another --folder")
        }
        self.folder = folder
    }

    /// The sole right to a folder, which is made where it is missing: one demonstration at a time in it.
    static func lock(_ path: String) throws -> FolderLock {
        do throws(FileError) {
            try makeFolder(path)
            return try FolderLock(folder: path)
        } catch {
            guard error.number == EWOULDBLOCK else { throw CommandFailure(.cannotCreate, "\(error)") }
            throw CommandFailure(.tryAgain, "another demonstration runs in \(path); name another --folder")
        }
    }

    /// Takes the readers' ports away.
    func removeLinks(of scenario: Scenario) throws {
        for reader in Set(scenario.lanes.map(\.reader)) {
            try FileManager.default.removeItem(atPath: "\(devices)/\(reader)")
        }
    }

    /// How many photos the station still has.
    func photosLeft() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "\(state)/photos").count }

    /// Writes the agreements as the central server reads them.
    func writeAgreements(_ scenario: Scenario) throws {
        let lines = scenario.agreements.map { "\($0.number) \($0.status)\n" }
        try write("# number          status\n" + lines.joined(), to: agreements)
    }

    /// Writes the station's configuration: one lane after the other, each with what the scenario hangs over it.
    func writeConfiguration(
        _ scenario: Scenario, centralURL: String, publicKey: String, cameras: [String: Int]
    ) throws {
        var text = """
            [station]
            id = 42
            name = demonstration
            stateFolder = \(state)
            controlSocket = \(control)

            [lines]
            driver = simulated
            socket = \(devices)/lines.sock

            [lights]
            profile = classic

            [central]
            url = \(centralURL)
            list = agreements
            publicKeys = \(publicKey)
            listEvery = 10 s

            """
        for reader in Set(scenario.lanes.map(\.reader)).sorted() {
            let ports = scenario.lanes.filter { $0.reader == reader }.map { "\($0.port):\($0.lane)" }
            text += """

                [reader \(reader)]
                port = \(devices)/\(reader)
                antennas = \(ports.joined(separator: ", "))
                uniqueness = everyRead

                """
        }
        for lane in scenario.lanes { text += section(of: lane, cameras) }
        try write(text, to: configuration)
    }

    private func section(of lane: Scenario.LaneDevices, _ ports: [String: Int]) -> String {
        // The front camera fires when the fastest vehicle is a metre past `decideAt`, the rear one when the rear is clear.
        let cameras = zip(lane.cameras, [("leadingEdge", 90), ("trailingEdge", 0)]).map { name, trigger in
            """

            [camera \(name)]
            lane = \(lane.lane)
            url = http://127.0.0.1:\(ports[name] ?? 0)/snapshot.jpg
            detector = loop\(lane.lane)
            moment = \(trigger.0)
            delay = \(trigger.1) ms

            """
        }
        return """

            [lane \(lane.lane)]
            zoneStart = -6 m
            zoneEnd = 1 m
            decideAt = 3 m
            head = 25 m

            [detector loop\(lane.lane)]
            lane = \(lane.lane)
            input = \(lane.detector)

            """ + cameras.joined()
    }

    private func write(_ text: String, to path: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }
}
