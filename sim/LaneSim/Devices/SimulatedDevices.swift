import Devices
import Glibc
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

    init(_ scenario: Scenario, folder: String) throws {
        var readers: [String: SimulatedECPReader] = [:]
        for lane in scenario.lanes where readers[lane.reader] == nil {
            readers[lane.reader] = try SimulatedECPReader(link: "\(folder)/\(lane.reader)", baud: 9_600)
        }
        var cameras: [(name: String, camera: SimulatedCamera)] = []
        for lane in scenario.lanes {
            for name in lane.cameras { cameras.append((name, try SimulatedCamera())) }
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
                for line in lines.take(buffer[..<count]) where line == "play" { playedFrom = MonotonicClock.now() }
            }
            doWhatIsDue()
        }
        bank.stop()
        for reader in readers.values { reader.stop() }
        for (_, camera) in cameras { camera.stop() }
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
