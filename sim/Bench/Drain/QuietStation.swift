import Exchange
import FoundationEssentials
import Lane
import LaneSim
import Peripherals

/// The shipped `station` with a reader that answers, a line bank and no vehicles; nothing in it knows of the benchmark.
struct QuietStation {
    private static let lane = """
        [lane 1]
        zoneStart = -6 m
        zoneEnd = 1 m
        decideAt = 3 m
        head = 25 m
        slowest = 30 km/h

        [detector loop1]
        lane = 1
        input = lane1.loop

        [reader reader1]
        antennas = 0:1
        probeAfter = 5 s
        """

    /// What it says in its log.
    let log: String
    private let configuration: String
    private let reader: SimulatedECPReader
    private let lines: SimulatedLineBank

    /// - Parameters:
    ///   - state: its state folder.
    ///   - path: configuration, log and sockets get this name, each with an ending of its own.
    ///   - central: where it delivers to; port 9 refuses.
    init(state: String, beside path: String, central: String = "http://127.0.0.1:9") throws {
        reader = try SimulatedECPReader(setup: .asSetUp)
        lines = try SimulatedLineBank(path: path + ".lines", inputs: ["lane1.loop": false])
        log = path + ".station.log"
        configuration = path + ".conf"
        guard let port = reader.path else { throw BenchError("the reader has no line") }
        let text = """
            [station]
            id = \(PassageMill.context.station.number)
            name = bench
            stateFolder = \(state)
            controlSocket = \(path).sock

            \(Self.lane)
            port = \(port)

            [lines]
            driver = simulated
            socket = \(path).lines

            [central]
            url = \(central)
            publicKeys = \(SigningKey.generate().publicKey.hex)

            """
        try Data(text.utf8).write(to: URL(filePath: configuration))
    }

    /// Starts its process.
    func start() throws -> ChildProcess {
        try ChildProcess("\(StationUnderTest.programs())/station", ["run", configuration], log: log)
    }
}
