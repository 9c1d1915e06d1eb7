import Devices
import Exchange
import FoundationEssentials
import Glibc
import Lane
import LaneSim
import Peripherals
import Station
import Storage

/// The shipped `station`, running as its own process with journal, signed list and profile; nothing in it knows of the benchmark.
struct StationUnderTest: ~Copyable {
    private let process: ChildProcess
    private let control: String

    /// The list that it begins with, and where others come from.
    struct Lists {
        let file: String
        let key: PublicKey
        var central = "http://127.0.0.1:9"
        var every = "1 min"
    }

    /// The state in words, for the result's note.
    static let note = """
        one lane without detector (reads alone open passages), list of \(ReaderVoice.agreements) agreements, profile bergen, \
        blank 0 s, journal synchronous=FULL, central server away
        """

    /// Writes a list of the reader's tags and the configuration, and starts the program.
    init(folder: String, port: String, lamps: String) throws {
        let key = SigningKey.generate()
        try Self.writeList(to: folder + "/agreements.list", key)
        try self.init(
            folder: folder, port: port, lamps: lamps, Lists(file: folder + "/agreements.list", key: key.publicKey))
    }

    /// Gives it the list, writes the configuration, and starts the program.
    init(folder: String, port: String, lamps: String, _ lists: Lists) throws {
        let state = folder + "/state"
        try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: lists.file, toPath: state + "/agreements.list")
        let control = folder + "/station.sock"
        let configuration = Self.configuration(
            state: state, control: control, port: port, lamps: lamps, lists)
        let path = folder + "/station.conf"
        try Data(configuration.utf8).write(to: URL(filePath: path))
        let process = try ChildProcess("\(Self.programs())/station", ["run", path], log: folder + "/station.log")
        self.process = process
        self.control = control
    }

    var processNumber: Int32 { process.number }

    /// The list that decides, as the status has it.
    var listInForce: ListVersion? {
        StationClient(socket: control).status()?.list.map { ListVersion(epoch: $0.epoch, version: $0.version) }
    }

    consuming func stop() throws { _ = try process.stop() }

    /// Speaks for the reader until the station has set it up and has the list.
    func waitUntilReading(_ end: borrowing FarEnd) throws {
        var firmware = ECPFirmware(setup: .asSetUp)
        var buffer = [UInt8](repeating: 0, count: 4_096)
        var poller = Poller(slots: 1)
        poller.watch(0, end.terminal.master.number)
        let deadline = MonotonicClock.now() + FarEnd.patience * 6
        var askAt = MonotonicClock.now()
        var actions = firmware.handle(.powerOn, at: askAt)
        while MonotonicClock.now() < deadline {
            for case .send(let bytes) in actions { end.terminal.send(bytes) }
            try poller.wait(until: MonotonicClock.now() + Interval.milliseconds(20))
            let now = MonotonicClock.now()
            actions = firmware.handle(.wake, at: now)
            if case .bytes(let count) = end.terminal.master.read(into: &buffer, ready: poller[0]) {
                actions += firmware.handle(.bytes(Array(buffer[..<count])), at: now)
            }
            guard now >= askAt else { continue }
            askAt = now + .milliseconds(200)
            if isReady { return }
        }
        throw BenchError("the station did not set its reader up; see its log")
    }

    private var isReady: Bool {
        guard let status = StationClient(socket: control).status() else { return false }
        return status.list != nil && status.readers.allSatisfy { $0.state == "reading" }
    }

    /// The programs of a build lie side by side.
    static func programs() throws -> String {
        let link = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return link.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    }

    private static func writeList(to path: String, _ key: SigningKey) throws {
        var builder = AgreementListBuilder()
        for tag in ReaderVoice.tags { try builder.add(tag, .agreement(Agreement(.approved))) }
        let header = AgreementListHeader(
            name: "agreements", version: ListVersion(epoch: 1, version: 1), issuedAt: WallClock.read().utc,
            staleAfter: .days(7))
        let file = try DurableFile(replacing: path)
        try file.write(try builder.build(header, signedBy: key).bytes)
        try file.commit()
    }

    /// The zone is so short that a passage closes 0.6 ms after its read has come (it began 1 ms before that: the time of a byte
    /// at 9600 baud), and its record is sealed before the next frame; `crossLane` remembers as many tags as 16 vehicles a
    /// second do with its default of 5 s.
    private static func configuration(
        state: String, control: String, port: String, lamps: String, _ lists: Lists
    ) -> String {
        """
        [station]
        id = 1
        name = bench
        stateFolder = \(state)
        controlSocket = \(control)

        [lane 1]
        zoneStart = 0 m
        zoneEnd = 0.14 m
        decideAt = 1 m
        head = 1 m
        slowest = 299 km/h
        fastest = 300 km/h
        tagBehindFront = 0 m
        readerDelay = 0 s
        crossLane = 160 ms

        [reader reader1]
        port = \(port)
        antennas = 0:1
        uniqueness = everyRead
        probeAfter = 10 min

        [lines]
        driver = simulated
        socket = \(lamps)

        [lights]
        profile = bergen
        blank = 0 s
        holdMax = 60 s

        [central]
        url = \(lists.central)
        list = agreements
        publicKeys = \(lists.key.hex)
        listEvery = \(lists.every)

        """
    }
}
