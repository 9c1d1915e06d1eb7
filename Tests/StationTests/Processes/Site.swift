import Devices
import FoundationEssentials
import Glibc
import Lane
import LaneSim
import Peripherals
import Testing

@testable import Station

/// A station of one lane with its reader and its line bank, in a folder of its own; gone when the test is over.
final class Site {
    /// When a test gives up. A lost answer is noticed after 20 s, two in a row after 40; the lines are called well after 20 s.
    static let patience = Interval.seconds(120)
    /// Tags that the tests drive through: no log may hold their digits.
    static let tag = "1000000011"

    let folder: String
    let state: String
    let reader: SimulatedECPReader
    private(set) var central: CentralFront?
    private(set) var bank: SimulatedLineBank?
    /// A file system in the folder that goes with it.
    var mounted: String?
    private var station: ChildProcess?
    private var vehicles = 0

    /// - Parameters:
    ///   - withCentral: a central server with a list of one agreement, the test's tag.
    ///   - state: the state folder's path inside the site's.
    init(withCentral: Bool = false, camera: UInt16? = nil, state: String = "state") throws {
        folder = "/tmp/station-\(UUID().uuidString.prefix(13))"
        self.state = "\(folder)/\(state)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        reader = try SimulatedECPReader(link: "\(folder)/east")
        if withCentral {
            let front = try CentralFront(in: folder)
            try front.publish(["\(Self.tag) approved"])
            central = front
        }
        let text = SiteText(folder: folder, state: self.state)
        try write(
            text.configuration(central: central.map { ($0.port, $0.publicKey) }, camera: camera), to: configuration)
        try startBank()
    }

    deinit {
        station?.signal(SIGKILL)
        reader.stop()
        bank?.stop()
        if let mounted { _ = unsafe umount2(mounted, Int32(MNT_DETACH)) }
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            print("\(folder) stays behind: \(error)")
        }
    }

    var configuration: String { "\(folder)/station.conf" }
    var log: String { read("\(folder)/station.log") }
    private var client: StationClient { StationClient(socket: "\(folder)/control.sock") }

    // MARK: Processes

    /// - Parameter others: what starts it, and its arguments, such as `env`.
    func start(through others: [String] = []) throws {
        let words = others + [try Programs.path("station"), "run", configuration]
        let child = try ChildProcess(words[0], Array(words.dropFirst()), log: "\(folder)/station.log")
        station = consume child
        vehicles = 0
        try wait("an answer") { _ in true }
    }

    /// As systemd does. One that does not end by itself is killed after a while, and has no exit code 0.
    func stop(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let code = try station.take()?.stop()
        #expect(code == 0, "the station ends well", sourceLocation: sourceLocation)
    }

    func kill() throws {
        station?.signal(SIGKILL)
        _ = try station.take()?.stop()
    }

    /// Lets the station stand still, or go on.
    func signal(_ number: Int32) { station?.signal(number) }

    func startBank() throws {
        bank = try SimulatedLineBank(path: "\(folder)/lines.sock", inputs: ["lane1.loop": false])
    }

    func stopBank() {
        bank?.stop()
        bank = nil
    }

    // MARK: Watching

    /// Asks for the status until it is as it should be.
    @discardableResult
    func wait(
        _ what: String, sourceLocation: SourceLocation = #_sourceLocation, until isReached: (StatusReport) -> Bool
    ) throws -> StatusReport {
        let deadline = MonotonicClock.now() + Self.patience
        var poller = Poller(slots: 0)
        var last: StatusReport?
        while MonotonicClock.now() < deadline {
            last = client.status()
            if let last, isReached(last) { return last }
            try poller.wait(until: MonotonicClock.now() + Interval.milliseconds(20))
        }
        throw Missing("\(what) did not come; \(last.map { StatusText($0).text } ?? "no status")\n\(log.suffix(2_000))")
    }

    /// Waits until an alarm is set, and logged; gives its reason.
    @discardableResult
    func awaitAlarm(
        _ alarm: Alarm, because words: String = ""
    ) throws -> String {
        let isMeant = { (line: StatusReport.AlarmLine) in
            line.alarm == alarm.rawValue && line.reason.contains(words)
        }
        let report = try wait("\(alarm) because of '\(words)'") { $0.alarms.contains(where: isMeant) }
        try awaitLogged("alarm.set alarm=\(alarm.rawValue)")
        return report.alarms.first(where: isMeant)?.reason ?? ""
    }

    /// Waits until the log has so many lines with these words: a thread of its own writes them, after the station has answered.
    func awaitLogged(_ words: String, times: Int = 1) throws {
        let deadline = MonotonicClock.now() + Self.patience
        var poller = Poller(slots: 0)
        while log.split(separator: "\n").count(where: { $0.contains(words) }) < times {
            guard MonotonicClock.now() < deadline else { throw Missing("not logged: \(words)\n\(log.suffix(2_000))") }
            try poller.wait(until: MonotonicClock.now() + Interval.milliseconds(20))
        }
    }

    /// Waits until a file has this size.
    func awaitFile(_ path: String, of bytes: Int) throws {
        try wait("\(bytes) bytes in \(path)") { _ in FileManager.default.contents(atPath: path)?.count == bytes }
    }

    func isSet(_ alarm: Alarm) -> Bool {
        client.status()?.alarms.contains { $0.alarm == alarm.rawValue } ?? false
    }

    func awaitNo(_ alarm: Alarm) throws {
        try wait("the end of \(alarm)") { !$0.alarms.map(\.alarm).contains(alarm.rawValue) }
    }

    func awaitReading() throws {
        try wait("a reader that reads") { $0.readers.allSatisfy { $0.state == "reading" } }
    }

    /// Waits until everything is at central.
    func awaitDelivery() throws {
        try wait("the end of the backlog") { $0.sync.map { $0.waiting == 0 && $0.unsealed == 0 } ?? false }
    }

    // MARK: Traffic

    /// Lets a vehicle pass, and waits until it is a passage that is decided and closed.
    func drive(tag: String? = nil) throws {
        bank?.set("lane1.loop", isHigh: true)
        if let tag { reader.hold(tag: tag, antenna: 0) }
        var poller = Poller(slots: 0)
        // A car of 4 m at 70 km/h.
        try poller.wait(until: MonotonicClock.now() + Interval.milliseconds(200))
        bank?.set("lane1.loop", isHigh: false)
        vehicles += 1
        try wait("vehicle \(vehicles)") { $0.lanes[0].vehicles >= vehicles }
    }

    /// What holds at the end of every test.
    func finish(sourceLocation: SourceLocation = #_sourceLocation) throws {
        try stop(sourceLocation: sourceLocation)
        #expect(!log.contains(Self.tag.prefix(9)), "no tag number in the log", sourceLocation: sourceLocation)
        #expect(!log.contains("thread.ended"), sourceLocation: sourceLocation)
    }

    // MARK: Files

    func write(_ text: String, to path: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }

    func read(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    struct Missing: Error, CustomStringConvertible {
        let description: String
        init(_ text: String) { description = text }
    }
}
