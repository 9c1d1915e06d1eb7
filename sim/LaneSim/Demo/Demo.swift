import Devices
import FoundationEssentials
import Glibc
import Lane
import Station

/// A demonstration: real processes on real bytes, driven by a scenario, shown as it happens.
struct Demo: ~Copyable {
    /// Each step of starting or ending waits at most this long.
    private static let patience = Interval.seconds(15)
    /// The lamp is looked at so long after a decision: head dark, head lit.
    private static let lampSettles = Interval.milliseconds(300)

    private let scenario: Scenario
    private let path: String
    private let site: DemoSite
    private let programs: String
    private let news: Devices.Mailbox<DemoNews>
    private var screen: DemoScreen
    private var central: ChildProcess?
    private var centralAddress = "127.0.0.1:0"

    init(scenario: Scenario, path: String, site: DemoSite) throws {
        let programs = try Self.folderOfPrograms()
        news = try Devices.Mailbox(bound: 1_024)
        self.programs = programs
        self.scenario = scenario
        self.path = path
        self.site = site
        screen = DemoScreen(scenario)
    }

    /// Runs the demonstration; true when everything arrived as it should.
    mutating func run() throws -> Bool {
        screen.title(folder: site.folder)
        let key = try prepareCentral()
        try startCentral()
        let devices = try ChildProcess(
            "\(programs)/lanesim", ["devices", path, "--folder", site.devices], log: site.log("devices"))
        let teller = Self.follow(devices.output, news) { DemoNews(deviceLine: $0) }
        let cameras = try waitForDevices()
        try site.writeConfiguration(
            scenario, centralURL: "http://\(centralAddress)", publicKey: key, cameras: cameras)
        let station = try ChildProcess(
            "\(programs)/station", ["run", site.configuration], log: site.log("station"))
        try waitUntilReady()
        let watcher = Self.watch(site.control, news)
        devices.tell("play")
        try play()
        let isDrained = try drain()
        screen.note(isDrained ? "everything is at the central server" : "the station still has records to deliver")
        let report = try DemoReport(scenario, passages: passagesAtCentral(), photos: photosAtCentral())
        _ = try station.stop()
        _ = try devices.stop()
        teller.join()
        watcher.join()
        _ = try central.take()?.stop()
        screen.show(report, site)
        return report.isGood
    }

    // MARK: Processes

    private static func folderOfPrograms() throws -> String {
        let link = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return link.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    }

    private mutating func prepareCentral() throws -> String {
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
        let line = try Self.firstLine(of: child.output, within: Self.patience)
        guard let address = line.split(separator: "/").last, line.hasPrefix("listening on ") else {
            throw CommandFailure(.software, "central did not start: \(line); see \(site.log("central"))")
        }
        centralAddress = String(address)
        central = consume child
    }

    /// What a program that ends by itself prints.
    private func output(of program: String, _ arguments: [String]) throws -> String {
        let child = try ChildProcess("\(programs)/\(program)", arguments, log: site.log(program))
        var bytes: [UInt8] = []
        try Self.read(child.output, until: MonotonicClock.now() + Self.patience) { piece in
            bytes += piece
            return true
        }
        guard try child.stop() == 0 else {
            throw CommandFailure(
                .software, "\(program) \(arguments.joined(separator: " ")) failed; see \(site.log(program))")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads until the end, the deadline, or until the closure wants no more.
    private static func read(
        _ descriptor: borrowing Descriptor, until deadline: Instant, _ take: ([UInt8]) -> Bool
    ) throws {
        var poller = Poller(slots: 1)
        poller.watch(0, descriptor.number)
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while MonotonicClock.now() < deadline {
            try poller.wait(until: deadline)
            switch descriptor.read(into: &buffer, ready: poller[0]) {
            case .bytes(let count): if !take(Array(buffer[..<count])) { return }
            case .nothing: break
            case .lost: return
            }
        }
    }

    private static func firstLine(of descriptor: borrowing Descriptor, within wait: Interval) throws -> String {
        var cutter = LineCutter()
        var first = ""
        try read(descriptor, until: MonotonicClock.now() + wait) { piece in
            guard let line = cutter.take(piece).first else { return true }
            first = line
            return false
        }
        return first
    }

    /// Turns a program's lines into news, from a thread of its own, until the program ends.
    private static func follow(
        _ descriptor: borrowing Descriptor, _ news: Devices.Mailbox<DemoNews>,
        _ parse: @escaping @Sendable (String) -> DemoNews?
    ) -> WorkerThread {
        // The thread has a descriptor of its own: the child's may be closed before the thread has seen the end.
        let number = dup(descriptor.number)
        return WorkerThread(named: "follow") {
            let output = Descriptor(owning: number)
            var cutter = LineCutter()
            do {
                try read(output, until: Instant(nanoseconds: .max)) { piece in
                    for line in cutter.take(piece) { if let item = parse(line) { _ = news.offer(item) } }
                    return true
                }
            } catch {
                Terminal.complain("lanesim demo: \(error)")
            }
        }
    }

    /// Turns the station's passages into news until the station ends.
    private static func watch(_ socket: String, _ news: Devices.Mailbox<DemoNews>) -> WorkerThread {
        WorkerThread(named: "watch") {
            do {
                try StationClient(socket: socket).watch { line in _ = news.offer(.passage(line)) }
            } catch {
                Terminal.complain("lanesim demo: watching the station: \(error)")
            }
        }
    }

    // MARK: The course of it

    /// Waits until the devices are there; gives the cameras' ports by their names.
    private mutating func waitForDevices() throws -> [String: Int] {
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

    /// Waits until the readers are set up and a list is in force.
    private func waitUntilReady() throws {
        let deadline = MonotonicClock.now() + Self.patience
        var poller = Poller(slots: 0)
        while MonotonicClock.now() < deadline {
            if let status = StationClient(socket: site.control).status(), status.list != nil,
                status.readers.allSatisfy({ $0.state == "reading" })
            {
                return
            }
            try poller.wait(until: MonotonicClock.now() + Interval.milliseconds(50))
        }
        throw CommandFailure(.software, "the station did not get ready; see \(site.log("station"))")
    }

    /// Shows what happens until the last vehicle has passed and the last incident is over.
    private mutating func play() throws {
        let start = MonotonicClock.now()
        var incidents = scenario.incidents[...]
        var isPlayed = false
        var poller = Poller(slots: 1)
        poller.watch(0, news.descriptor)
        screen.begin(at: start)
        while !isPlayed || !incidents.isEmpty || screen.isWaiting {
            let now = MonotonicClock.now()
            if let incident = incidents.first, start + incident.at <= now {
                incidents.removeFirst()
                try befall(incident.central)
                continue
            }
            let next = incidents.first.map { start + $0.at } ?? now + Self.patience
            try poller.wait(until: min(next, now + Interval.milliseconds(50)))
            for item in news.takeAll() {
                if item == .played { isPlayed = true }
                screen.take(item, at: MonotonicClock.now())
            }
            screen.showSettled(before: MonotonicClock.now() - Self.lampSettles)
            if isPlayed, now > start + Self.lastMoment(scenario) + Self.patience { break }
        }
    }

    private static func lastMoment(_ scenario: Scenario) -> Interval {
        max(scenario.vehicles.map(\.at).max() ?? .zero, scenario.incidents.map(\.at).max() ?? .zero)
    }

    private mutating func befall(_ step: Scenario.CentralStep) throws {
        switch step {
        case .stop:
            _ = try central.take()?.stop()
            screen.incident("the central server is stopped")
        case .start:
            try startCentral()
            screen.incident("the central server is back")
        }
    }

    /// Waits until the central server has every record.
    private func drain() throws -> Bool {
        let deadline = MonotonicClock.now() + Self.patience
        var poller = Poller(slots: 0)
        while MonotonicClock.now() < deadline {
            if let sync = StationClient(socket: site.control).status()?.sync, sync.waiting == 0, sync.unsealed == 0 {
                return true
            }
            try poller.wait(until: MonotonicClock.now() + Interval.milliseconds(100))
        }
        return false
    }

    private func passagesAtCentral() throws -> [DemoReport.PassageLine] {
        try rows(of: ["passages", "--json", "--folder", site.central])
    }

    private func photosAtCentral() throws -> [DemoReport.PhotoLine] {
        try rows(of: ["photos", "--json", "--folder", site.central])
    }

    private func rows<Row: Decodable>(of arguments: [String]) throws -> [Row] {
        try output(of: "central", arguments).split(separator: "\n").map {
            try JSONDecoder().decode(Row.self, from: Data($0.utf8))
        }
    }
}
