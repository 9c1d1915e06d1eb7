import Lane
import Peripherals
import Station

/// What the simulated devices do at which time: what happens on the road, as far as faults let it through, and the faults.
struct DevicePlan: Sendable {
    /// One thing that a device does.
    enum Step: Hashable, Sendable {
        /// An input of the line bank has this level from now on.
        case level(String, isHigh: Bool)
        case lines(areThere: Bool)
        /// A tag with this text answers at an antenna port.
        case tag(String, reader: String, port: UInt8)
        case reader(String, ReaderDeed)
        case camera(String, SimulatedCamera.Behaviour)
    }

    /// What befalls a reader.
    enum ReaderDeed: Hashable, Sendable {
        case unplug
        case plug
        case power(isOn: Bool)
        case reboot
        case disturb(LineFault)
    }

    /// In the order in which they happen.
    let steps: [(at: Interval, step: Step)]
    /// The level of each input when nobody drives.
    let levels: [String: Bool]

    init(_ scenario: Scenario, _ road: RoadPlan) {
        let configuration = scenario.site.configuration
        levels = Dictionary(configuration.detectors.map { ($0.input, $0.isInverted) }) { first, _ in first }
        var steps = scenario.faults.flatMap(Self.steps)
        for (number, detector) in configuration.detectors.enumerated() {
            steps += DetectorPlan(detector, number: number, scenario.faults, road).levels.map {
                ($0.at, .level(detector.input, isHigh: $0.isOccupied != detector.isInverted))
            }
        }
        for event in road.events {
            guard case .tag(let reader, let port, let text, let isDamaged) = event.happening else { continue }
            let told = isDamaged ? VirtualReader.damaged(text) : text
            steps.append((event.at, .tag(told, reader: configuration.readers[reader].settings.name, port: port)))
        }
        // A stable order: by time, then faults, detectors, tags.
        self.steps = steps.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(
            \.element)
    }

    /// What a device's fault does, and what ends it; nothing for other faults.
    private static func steps(of fault: Fault) -> [(at: Interval, step: Step)] {
        func during(_ first: Step, _ last: Step) -> [(at: Interval, step: Step)] {
            [(fault.at, first)] + (fault.lasts.map { [(fault.at + $0, last)] } ?? [])
        }
        func camera(_ name: String, _ behaviour: SimulatedCamera.Behaviour) -> [(at: Interval, step: Step)] {
            during(.camera(name, behaviour), .camera(name, .picture))
        }
        func once(_ reader: String, _ deed: ReaderDeed) -> [(at: Interval, step: Step)] {
            [(fault.at, .reader(reader, deed))]
        }
        return switch fault.deed {
        case .readerUnplugged(let name): during(.reader(name, .unplug), .reader(name, .plug))
        case .readerWithoutPower(let name):
            during(.reader(name, .power(isOn: false)), .reader(name, .power(isOn: true)))
        case .readerReboots(let name): once(name, .reboot)
        case .readerNoise(let name, let bytes): once(name, .disturb(.noise(bytes: bytes)))
        case .readerBabbles(let name): once(name, .disturb(.babble(fault.lasts ?? WireRun.longest)))
        case .framesDamaged(let name, let count): once(name, .disturb(.damage(frames: count)))
        case .framesCut(let name, let count): once(name, .disturb(.cut(frames: count)))
        case .framesLost(let name, let count): once(name, .disturb(.swallow(frames: count)))
        case .framesJoined(let name, let count): once(name, .disturb(.join(frames: count)))
        case .framesRepeated(let name, let count): once(name, .disturb(.repeat(frames: count)))
        case .framesLate(let name, let count): once(name, .disturb(.delay(frames: count)))
        case .linesAway: during(.lines(areThere: false), .lines(areThere: true))
        case .cameraSlow(let name, let wait): camera(name, .slow(wait))
        case .cameraSilent(let name): camera(name, .hangs)
        case .cameraRefuses(let name): camera(name, .status(500))
        case .cameraSendsRubbish(let name): camera(name, .html)
        case .readerErrors, .detectorStuck, .detectorBounces, .linesGarbled, .centralAway, .centralBusy, .networkHangs,
            .answersLost, .questionsRepeated, .questionsLate, .answersWrong, .centralWentBack, .centralAhead,
            .recordsRejected, .networkSlow, .diskSlow, .diskFull, .diskFails, .clockSteps, .clockDrifts, .clockNotGood,
            .killed, .killedMidway, .powerCut, .stoodStill, .stopped, .fileDamaged, .reconfigured:
            []
        }
    }
}
