import Devices
import Glibc
import HTTP
import Lane
import Peripherals
import Station

/// The devices around a station, and what they do in real time.
struct SimulatedDevices: ~Copyable {
    /// What happens so much later than planned is told: somebody else had the computer.
    private static let late = Interval.milliseconds(200)

    private let folder: String
    private let plan: DevicePlan
    private let readers: [String: SimulatedECPReader]
    private let cameras: [(name: String, camera: SimulatedCamera)]
    /// Nil while nobody can reach lamps and detectors.
    private var bank: SimulatedLineBank?
    private var levels: [String: Bool]
    private var lines = LineCutter()
    /// The scenario's first moment.
    private var beginning: Instant?
    private var next = 0

    /// - Parameters:
    ///   - folder: where the readers' links and the line bank's socket are made.
    ///   - ports: where cameras answer, by their names; the system chooses for the others.
    init(_ configuration: StationConfiguration, _ plan: DevicePlan, folder: String, ports: [String: Int]) throws {
        var readers: [String: SimulatedECPReader] = [:]
        for reader in configuration.readers {
            let name = reader.settings.name
            readers[name] = try SimulatedECPReader(link: "\(folder)/\(name)", baud: reader.baud) { message in
                // Of a message `TEXT%…` the tag's text: it goes through a pipe to whoever started us, and into no log.
                let text = String(decoding: message.prefix { !"%&".utf8.contains($0) }, as: UTF8.self)
                Terminal.print("taken \(text) \(MonotonicClock.now().nanoseconds)")
            }
        }
        var cameras: [(name: String, camera: SimulatedCamera)] = []
        for camera in configuration.cameras {
            let name = camera.section.name
            let address = ListenAddress.tcp(address: "127.0.0.1", port: UInt16(clamping: ports[name] ?? 0))
            let simulated = try SimulatedCamera(at: address) {
                Terminal.print("capture \(name) \(MonotonicClock.now().nanoseconds)")
            }
            cameras.append((name, simulated))
        }
        bank = try Self.makeBank(in: folder, plan.levels)
        self.folder = folder
        self.plan = plan
        self.readers = readers
        self.cameras = cameras
        levels = plan.levels
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
                for line in lines.take(buffer[..<count]) { try obey(line) }
            }
            try doWhatIsDue()
        }
        bank?.stop()
        for reader in readers.values { reader.stop() }
        for (_, camera) in cameras { camera.stop() }
    }

    /// `play MOMENT`: what came before now has happened without these devices, and they stand as it left them.
    private mutating func obey(_ line: String) throws {
        let words = line.split(separator: " ")
        guard words.count == 2, words[0] == "play", let nanoseconds = Int64(words[1]) else { return }
        let beginning = Instant(nanoseconds: nanoseconds)
        self.beginning = beginning
        let now = MonotonicClock.now()
        while next < plan.steps.count, beginning + plan.steps[next].at < now {
            let step = plan.steps[next].step
            // Nobody saw the levels between: a station that is connected already must not either.
            if case .level(let input, let isHigh) = step {
                levels[input] = isHigh
            } else if step.lasts {
                try carryOut(step)
            }
            next += 1
        }
        for (input, isHigh) in levels.sorted(by: { $0.key < $1.key }) { bank?.set(input, isHigh: isHigh) }
        Terminal.print("playing")
        tellWhetherPlayed()
    }

    private var nextMoment: Instant? {
        guard let beginning, next < plan.steps.count else { return nil }
        return beginning + plan.steps[next].at
    }

    private mutating func doWhatIsDue() throws {
        while let moment = nextMoment, case let now = MonotonicClock.now(), moment <= now {
            if now - moment > Self.late { Terminal.print("late \(moment.nanoseconds) \(now.nanoseconds)") }
            try carryOut(plan.steps[next].step)
            next += 1
            tellWhetherPlayed()
        }
    }

    private func tellWhetherPlayed() {
        if next == plan.steps.count { Terminal.print("played") }
    }

    private mutating func carryOut(_ step: DevicePlan.Step) throws {
        switch step {
        case .level(let input, let isHigh):
            levels[input] = isHigh
            bank?.set(input, isHigh: isHigh)
        case .lines(let areThere):
            bank?.stop()
            bank = areThere ? try Self.makeBank(in: folder, levels) : nil
        case .tag(let text, let reader, let port): readers[reader]?.hold(tag: text, antenna: port)
        case .reader(let name, let deed): carryOut(deed, by: name)
        case .camera(let name, let behaviour):
            for (other, camera) in cameras where other == name { camera.behaviour = behaviour }
        }
    }

    private func carryOut(_ deed: DevicePlan.ReaderDeed, by name: String) {
        switch deed {
        case .unplug: readers[name]?.unplug()
        case .plug: readers[name]?.plug()
        case .power(let isOn): readers[name]?.power(isOn: isOn)
        case .reboot: readers[name]?.reboot()
        case .disturb(let fault): readers[name]?.disturb(fault)
        }
    }

    private static func makeBank(in folder: String, _ levels: [String: Bool]) throws -> SimulatedLineBank {
        try SimulatedLineBank(path: "\(folder)/lines.sock", inputs: levels) { change in
            Terminal.print("lamp \(change.head.number) \(change.places.word) \(change.at.nanoseconds)")
        }
    }
}

extension DevicePlan.Step {
    /// Whether devices that were started later stand as it left them.
    fileprivate var lasts: Bool {
        switch self {
        case .tag, .reader(_, .disturb), .reader(_, .reboot): false
        case .level, .lines, .reader, .camera: true
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
