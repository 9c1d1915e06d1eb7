import Devices
import Exchange
import FoundationEssentials
import Glibc
import HTTP
import Lane
import Peripherals
import Station

/// The programs of a run: central server, devices and station, each of which can be ended and started again.
struct WireProcesses: ~Copyable {
    /// Each step of starting or ending waits at most this long.
    static let patience = Interval.seconds(15)
    /// A station that has run for so long knows whether its lines are there.
    private static let knowsLinesAfter = Interval.milliseconds(200)

    let site: WireSite
    private var scenario: Scenario
    private let programs: String
    private let news: Devices.Mailbox<WireNews>
    /// The network between station and central server; nil: there is nothing between them.
    private let link: SimulatedLink?
    private let isOver = StopFlag()
    private var central: ChildProcess?
    private var devices: ChildProcess?
    private var station: ChildProcess?
    private var centralAddress = "127.0.0.1:0"
    private var cameras: [String: Int] = [:]

    init(
        _ scenario: Scenario, site: WireSite, news: Devices.Mailbox<WireNews>, link: SimulatedLink? = nil
    ) throws {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        programs = own.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
        self.scenario = scenario
        self.site = site
        self.news = news
        self.link = link
    }

    /// Makes keys, lists and configuration, and starts everything; returns when vehicles are judged as they should be.
    mutating func startAll() throws {
        let key = try output(of: "central", ["keys", "--folder", site.central])
        for (number, list) in scenario.lists.enumerated() where list.at <= .zero { try publish(list, number) }
        try startCentral()
        try startDevices()
        cameras = try waitForDevices()
        try site.write(
            scenario.site, centralURL: "http://\(link.map { "127.0.0.1:\($0.port)" } ?? centralAddress)",
            publicKey: key.filter { !$0.isWhitespace },
            cameras: cameras)
        try startStation()
        watch()
        try waitUntilReady()
    }

    /// Waits until vehicles are judged as they should be.
    private func waitUntilReady() throws {
        let deadline = MonotonicClock.now() + Self.patience
        var poller = Poller(slots: 0)
        while !isReady {
            guard MonotonicClock.now() < deadline else {
                throw CommandFailure(.software, "the station did not get ready; see \(site.log("station"))")
            }
            try poller.wait(until: MonotonicClock.now() + Interval.milliseconds(50))
        }
    }

    /// Lets the devices of another scenario, on the same site, take the place of those of the last; returns when vehicles are judged
    /// as they should be.
    mutating func exchange(_ scenario: Scenario) throws {
        try stop(.devices)
        self.scenario = scenario
        for (number, list) in scenario.lists.enumerated() where list.at <= .zero { try publish(list, number) }
        _ = news.takeAll()
        try startDevices()
        _ = try waitForDevices()
        try waitUntilReady()
    }

    /// Makes a program pause where it stands, or go on, as a computer without time for it does.
    func signal(_ program: Fault.Program, _ number: Int32) {
        switch program {
        case .central: central?.signal(number)
        case .devices: devices?.signal(number)
        case .station: station?.signal(number)
        }
    }

    /// Whether a program that was started has ended by itself.
    func hasEnded(_ program: Fault.Program) -> Bool {
        switch program {
        case .central: return central?.hasEnded() ?? false
        case .devices: return devices?.hasEnded() ?? false
        case .station: return station?.hasEnded() ?? false
        }
    }

    /// Starts a program again.
    mutating func start(_ program: Fault.Program) throws {
        switch program {
        case .central: try startCentral()
        case .devices: try startDevices()
        case .station: try startStation()
        }
    }

    /// Ends a program from one moment to the next, as a power cut does to it.
    mutating func kill(_ program: Fault.Program) throws {
        switch program {
        case .central: _ = try central.take()?.kill()
        case .devices:
            _ = try devices.take()?.kill()
            // As udev does: the system gives the ports' names away, and a link must not lead to another's reader.
            site.removeLinks(of: scenario.site.configuration.readers.map(\.settings.name))
        case .station: _ = try station.take()?.kill()
        }
    }

    /// Stops a program in order; false when it did not end so.
    @discardableResult mutating func stop(_ program: Fault.Program) throws -> Bool {
        switch program {
        case .central: return try Self.stop(&central)
        // They know no order: the signal ends them.
        case .devices:
            try kill(.devices)
            return true
        case .station: return try Self.stop(&station)
        }
    }

    private static func stop(_ child: inout ChildProcess?) throws -> Bool {
        guard let child = child.take() else { return true }
        return try child.stop() == 0
    }

    /// Stops everything in order.
    ///
    /// - Returns: what did not end as it should.
    mutating func stopAll() throws -> [String] {
        isOver.raise()
        var troubles: [String] = []
        for program in [Fault.Program.station, .central] where try !stop(program) {
            troubles.append("\(program.words) did not end well; see \(site.log(program.rawValue))")
        }
        try stop(.devices)
        return troubles
    }

    /// Lets everything happen; the scenario's first moment is this one.
    func play(from beginning: Instant) { devices?.tell("play \(beginning.nanoseconds)") }

    /// How the station says it is; nil while it does not answer.
    var status: StatusReport? { StationClient(socket: site.control).status() }

    /// Whether vehicles are judged as they should be: lines and readers are there, and a list is in force if there is one.
    var isReady: Bool {
        guard let status else { return false }
        let hasList = status.list != nil || !scenario.lists.contains { $0.at <= .zero }
        return hasList && status.readers.allSatisfy { $0.state == "reading" }
            && !status.alarms.contains { $0.alarm == Alarm.linesDown.rawValue }
    }

    /// Whether every vehicle is seen, with its tag or without: the station runs, and the lines of its detectors are there.
    var seesVehicles: Bool {
        guard let status, status.uptime >= Self.knowsLinesAfter.milliseconds else { return false }
        return status.lanes.allSatisfy { $0.state != LaneState.withoutDetector.word }
            && !status.alarms.contains { $0.alarm == Alarm.linesDown.rawValue }
    }

    /// Publishes a list, which a station gets when it asks again.
    func publish(_ list: PublishedList, _ number: Int) throws {
        try site.write(list, number: number)
        let name = scenario.site.configuration.central.map { ["--list", $0.list] } ?? []
        _ = try output(of: "central", ["agreements", site.agreements(number), "--folder", site.central] + name)
    }

    // MARK: One by one

    private mutating func startCentral() throws {
        let child = try ChildProcess(
            "\(programs)/central", ["serve", "--folder", site.central, "--listen", centralAddress],
            log: site.log("central"))
        let line = try child.firstLine(within: Self.patience)
        guard let address = line.split(separator: "/").last, line.hasPrefix("listening on ") else {
            throw CommandFailure(.software, "central did not start: \(line); see \(site.log("central"))")
        }
        centralAddress = String(address)
        if let port = address.split(separator: ":").last.flatMap({ UInt16($0) }) { link?.lead(to: port) }
        central = consume child
    }

    /// Started again, the cameras answer where the station's configuration says that they are.
    private mutating func startDevices() throws {
        let ports = cameras.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ",")
        let again = ports.isEmpty ? [] : ["--cameras", ports]
        let child = try ChildProcess(
            "\(programs)/lanesim",
            ["devices", scenario.path, "--seed", "\(scenario.seed)", "--folder", site.devices] + again,
            log: site.log("devices"))
        let news = news
        child.follow { line in
            guard let item = WireNews(deviceLine: line) else { return }
            do { try news.post(item) } catch { Terminal.complain("lanesim: \(error)") }
        }
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

    /// Starts a program that is told nothing more.
    func begin(_ program: String, _ arguments: [String]) throws -> ChildProcess {
        try ChildProcess("\(programs)/\(program)", arguments, log: site.log(program))
    }

    /// Lets a program do its work to the end.
    ///
    /// - Returns: what it printed.
    @discardableResult
    func output(
        of program: String, _ arguments: [String], within time: Interval = Self.patience
    ) throws -> String {
        let child = try begin(program, arguments)
        let text = try child.output(within: time)
        guard try child.stop() == 0 else {
            throw CommandFailure(
                .software, "\(program) \(arguments.joined(separator: " ")) failed; see \(site.log(program))")
        }
        return text
    }
}
