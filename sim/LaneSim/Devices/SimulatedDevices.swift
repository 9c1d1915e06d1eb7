import Devices
import Glibc
import HTTP
import Lane
import Peripherals
import Station

/// The devices of a scenario, and what they do in real time.
struct SimulatedDevices: ~Copyable {
    private let scenario: Scenario
    private let timeline: Timeline
    private let bank: SimulatedLineBank
    private let readers: [String: SimulatedECPReader]
    private let cameras: [(name: String, camera: SimulatedCamera)]
    private var lines = LineCutter()
    private var playedFrom: Instant?
    private var next = 0

    /// - Parameter ports: where cameras answer, by their names; the system chooses for the others.
    init(_ scenario: Scenario, folder: String, ports: [String: Int] = [:]) throws {
        var readers: [String: SimulatedECPReader] = [:]
        for lane in scenario.lanes where readers[lane.reader] == nil {
            readers[lane.reader] = try SimulatedECPReader(link: "\(folder)/\(lane.reader)", baud: 9_600)
        }
        var cameras: [(name: String, camera: SimulatedCamera)] = []
        for lane in scenario.lanes {
            for name in lane.cameras {
                let address = ListenAddress.tcp(address: "127.0.0.1", port: UInt16(clamping: ports[name] ?? 0))
                cameras.append((name, try SimulatedCamera(at: address)))
            }
        }
        let inputs = Dictionary(scenario.lanes.map { ($0.detector, false) }) { first, _ in first }
        bank = try SimulatedLineBank(path: "\(folder)/lines.sock", inputs: inputs) { change in
            Terminal.print("lamp \(change.head.number) \(change.places.word)")
        }
        self.readers = readers
        self.cameras = cameras
        self.scenario = scenario
        timeline = Timeline(scenario)
    }

    /// Runs until standard input ends.
    mutating func run() throws {
        for (name, camera) in cameras { Terminal.print("camera \(name) \(camera.port ?? 0)") }
        Terminal.print("ready")
        var poller = Poller(slots: 1)
        poller.watch(0, STDIN_FILENO)
        var buffer = [UInt8](repeating: 0, count: 256)
        while true {
            try poller.wait(until: nextMoment)
            if !poller[0].isEmpty {
                let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(STDIN_FILENO, $0.baseAddress, $0.count) }
                guard count > 0 else { break }
                for line in lines.take(buffer[..<count]) { obey(line) }
            }
            doWhatIsDue()
        }
        bank.stop()
        for reader in readers.values { reader.stop() }
        for (_, camera) in cameras { camera.stop() }
    }

    /// `play`, or `play FROM`: what came before that moment has happened without these devices, and its vehicles stand where they do.
    private mutating func obey(_ line: String) {
        let words = line.split(separator: " ")
        guard words.first == "play", let from = words.count < 2 ? 0 : Int64(words[1]) else { return }
        playedFrom = MonotonicClock.now() - Interval.milliseconds(from)
        var levels: [String: Bool] = [:]
        while next < timeline.steps.count, timeline.steps[next].at < .milliseconds(from) {
            if case .detector(let input, let isOccupied, _) = timeline.steps[next].step { levels[input] = isOccupied }
            next += 1
        }
        for (input, isOccupied) in levels.sorted(by: { $0.key < $1.key }) { bank.set(input, isHigh: isOccupied) }
        if next == timeline.steps.count { Terminal.print("played") }
    }

    private var nextMoment: Instant? {
        guard let playedFrom, next < timeline.steps.count else { return nil }
        return playedFrom + timeline.steps[next].at
    }

    private mutating func doWhatIsDue() {
        while let moment = nextMoment, moment <= MonotonicClock.now() {
            carryOut(timeline.steps[next].step)
            next += 1
            if next == timeline.steps.count { Terminal.print("played") }
        }
    }

    private func carryOut(_ step: Timeline.Step) {
        switch step {
        case .detector(let input, let isOccupied, let vehicle):
            if isOccupied { Terminal.print("vehicle \(scenario.vehicles[vehicle].name)") }
            bank.set(input, isHigh: isOccupied)
        case .tag(let text, let reader, let port):
            readers[reader]?.hold(tag: text, antenna: UInt8(port))
        }
    }
}

extension HeadPlaces {
    /// The place that is lit, as the devices tell it.
    fileprivate var word: String {
        switch self {
        case .dark: "dark"
        case .top: "top"
        case .white: "white"
        case .green: "green"
        default: "several"
        }
    }
}
