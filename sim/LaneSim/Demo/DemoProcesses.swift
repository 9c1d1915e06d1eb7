import Devices
import FoundationEssentials
import Glibc
import HTTP
import Lane
import Station

/// The programs of a demonstration: central server, devices and station, each of which can be killed and started again.
struct DemoProcesses: ~Copyable {
    /// Each step of starting or ending waits at most this long.
    static let patience = Interval.seconds(15)

    let site: DemoSite
    private let scenario: Scenario
    private let scenarioPath: String
    private let programs: String
    private let news: Devices.Mailbox<DemoNews>
    private let isOver = StopFlag()
    private var central: ChildProcess?
    private var devices: ChildProcess?
    private var station: ChildProcess?
    private var centralAddress = "127.0.0.1:0"
    private var cameras: [String: Int] = [:]

    init(_ scenario: Scenario, path: String, site: DemoSite, news: Devices.Mailbox<DemoNews>) throws {
        let link = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        programs = link.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
        scenarioPath = path
        self.scenario = scenario
        self.site = site
        self.news = news
    }

    /// Makes keys, agreements and configuration, and starts everything; returns when the readers are set up and a list is in force.
    mutating func startAll() throws {
        let key = try prepareCentral()
        try startCentral()
        try startDevices()
        cameras = try waitForDevices()
        try site.writeConfiguration(
            scenario, centralURL: "http://\(centralAddress)", publicKey: key, cameras: cameras)
        try startStation()
        watch()
        let deadline = MonotonicClock.now() + Self.patience
        var poller = Poller(slots: 0)
        while !isReady {
            guard MonotonicClock.now() < deadline else {
                throw CommandFailure(.software, "the station did not get ready; see \(site.log("station"))")
            }
            try poller.wait(until: MonotonicClock.now() + Interval.milliseconds(50))
        }
    }

    /// Starts a process, for the first time or again.
    mutating func start(_ process: Scenario.Process) throws {
        switch process {
        case .central: try startCentral()
        case .devices: try startDevices()
        case .station: try startStation()
        }
    }

    /// Ends a process from one moment to the next, as a power cut does to it; false when it was not running.
    mutating func kill(_ process: Scenario.Process) throws -> Bool {
        switch process {
        case .central: return try central.take()?.kill() ?? false
        case .devices:
            let wasRunning = try devices.take()?.kill() ?? false
            // As udev does: the system gives the ports' names away, and a link must not lead to another's reader.
            try site.removeLinks(of: scenario)
            return wasRunning
        case .station: return try station.take()?.kill() ?? false
        }
    }

    /// Stops the central server in order.
    mutating func stopCentral() throws { _ = try central.take()?.stop() }

    /// Stops everything in order.
    mutating func stopAll() throws {
        isOver.raise()
        _ = try station.take()?.stop()
        _ = try devices.take()?.stop()
        _ = try central.take()?.stop()
    }

    /// Lets the vehicles pass, from this moment of the scenario on.
    func play(from moment: Interval) { devices?.tell("play \(moment.milliseconds)") }

    /// How the station says it is; nil while it does not answer.
    var status: StatusReport? { StationClient(socket: site.control).status() }

    /// Whether vehicles are judged as they should be: lines and readers are there, and a list is in force.
    var isReady: Bool {
        guard let status, status.list != nil else { return false }
        return status.readers.allSatisfy { $0.state == "reading" }
            && !status.alarms.contains { $0.alarm == Alarm.linesDown.rawValue }
    }

    // MARK: One by one

    private func prepareCentral() throws -> String {
        let key = try output(of: "central", ["keys", "--folder", site.central])
        try site.writeAgreements(scenario)
        _ = try output(of: "central", ["agreements", site.agreements, "--folder", site.central])
        guard let word = key.split(whereSeparator: \.isWhitespace).last else {
            throw CommandFailure(.software, "central keys printed nothing; see \(site.log("central"))")
        }
        return String(word)
    }

    private mutating func startCentral() throws {
        let child = try ChildProcess(
            "\(programs)/central", ["serve", "--folder", site.central, "--listen", centralAddress],
            log: site.log("central"))
        let line = try child.firstLine(within: Self.patience)
        guard let address = line.split(separator: "/").last, line.hasPrefix("listening on ") else {
            throw CommandFailure(.software, "central did not start: \(line); see \(site.log("central"))")
        }
        centralAddress = String(address)
        central = consume child
    }

    /// Started again, the cameras answer where the station's configuration says that they are.
    private mutating func startDevices() throws {
        let ports = cameras.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ",")
        let again = ports.isEmpty ? [] : ["--cameras", ports]
        let child = try ChildProcess(
            "\(programs)/lanesim", ["devices", scenarioPath, "--folder", site.devices] + again,
            log: site.log("devices"))
        let news = news
        child.follow { line in if let item = DemoNews(deviceLine: line) { _ = news.offer(item) } }
        devices = consume child
    }

    private mutating func startStation() throws {
        station = try ChildProcess("\(programs)/station", ["run", site.configuration], log: site.log("station"))
    }

    /// Waits until the devices are there; gives the cameras' ports by their names.
    private func waitForDevices() throws -> [String: Int] {
        var ports: [String: Int] = [:]
        let deadline = MonotonicClock.now() + Self.patience
        var poller = Poller(slots: 1)
        poller.watch(0, news.descriptor)
        while MonotonicClock.now() < deadline {
            try poller.wait(until: deadline)
            for item in news.takeAll() {
                if case .camera(let name, let port) = item { ports[name] = port }
                if item == .devicesReady { return ports }
            }
        }
        throw CommandFailure(.software, "the devices did not start; see \(site.log("devices"))")
    }

    /// Turns the station's passages into news, from a thread of its own, across each of its restarts.
    private func watch() {
        let (client, news, isOver) = (StationClient(socket: site.control), news, isOver)
        _ = WorkerThread(named: "watch") {
            var poller = Poller(slots: 0)
            while !isOver.isRaised {
                do {
                    try client.watch(stop: isOver) { line in _ = news.offer(.passage(line)) }
                    try poller.wait(until: MonotonicClock.now() + Interval.milliseconds(20))
                } catch {
                    // The station is down: it is asked again a moment later. What it decides meanwhile is seen at the end.
                    do { try poller.wait(until: MonotonicClock.now() + Interval.milliseconds(20)) } catch { return }
                }
            }
        }
    }

    // MARK: Programs that end by themselves

    /// The lines that a program prints.
    func lines(of program: String, _ arguments: [String]) throws -> [String] {
        try output(of: program, arguments).split(separator: "\n").map(String.init)
    }

    private func output(of program: String, _ arguments: [String]) throws -> String {
        let child = try ChildProcess("\(programs)/\(program)", arguments, log: site.log(program))
        let text = try child.output(within: Self.patience)
        guard try child.stop() == 0 else {
            throw CommandFailure(
                .software, "\(program) \(arguments.joined(separator: " ")) failed; see \(site.log(program))")
        }
        return text
    }
}
