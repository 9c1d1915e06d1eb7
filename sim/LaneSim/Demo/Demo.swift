import Devices
import FoundationEssentials
import Lane
import Station

/// A demonstration: real processes on real bytes, driven by a scenario, shown as it happens.
struct Demo: ~Copyable {
    /// The lamp is looked at so long after a decision: head dark, head lit.
    private static let lampSettles = Interval.milliseconds(300)
    /// What nobody saw because a process was down is not waited for longer than this.
    private static let lastLook = Interval.seconds(2)
    /// Photos come after their passages, and are deleted when the central server has them.
    private static let photosArrive = Interval.seconds(5)

    private let scenario: Scenario
    private let news: Devices.Mailbox<DemoNews>
    private var processes: DemoProcesses
    private var screen: DemoScreen
    private var course = DemoCourse()
    private var start = Instant(nanoseconds: 0)
    /// What is still to be started again, and when.
    private var restarts: [(at: Instant, process: Scenario.Process)] = []

    init(scenario: Scenario, path: String, site: DemoSite) throws {
        let news = try Devices.Mailbox<DemoNews>(bound: 1_024)
        processes = try DemoProcesses(scenario, path: path, site: site, news: news)
        self.news = news
        self.scenario = scenario
        screen = DemoScreen(scenario)
    }

    /// Runs the demonstration; true when everything arrived as it should.
    mutating func run() throws -> Bool {
        screen.title(folder: processes.site.folder)
        try processes.startAll()
        try play()
        let isDrained = try drain()
        screen.note(isDrained ? "everything is at the central server" : "the station still has records to deliver")
        var report = try report()
        let deadline = MonotonicClock.now() + Self.photosArrive
        var poller = Poller(slots: 0)
        while !report.isGood, MonotonicClock.now() < deadline {
            try poller.wait(until: MonotonicClock.now() + Interval.milliseconds(200))
            report = try self.report()
        }
        try processes.stopAll()
        screen.show(report, processes.site)
        return report.isGood
    }

    /// Shows what happens until the last vehicle has passed, the last incident is over, and the station has recovered from it.
    private mutating func play() throws {
        course.startedAt = WallClock.now()
        start = MonotonicClock.now()
        processes.play(from: .zero)
        screen.begin(at: start)
        var incidents = scenario.incidents[...]
        var isPlayed = false
        var poller = Poller(slots: 1)
        poller.watch(0, news.descriptor)
        let latest = start + scenario.lastMoment + DemoProcesses.patience
        while !isPlayed || !incidents.isEmpty || !restarts.isEmpty || course.isDown || screen.isWaiting {
            let now = MonotonicClock.now()
            while let incident = incidents.first, start + incident.at <= now {
                incidents.removeFirst()
                try befall(incident)
            }
            try restartWhatIsDue()
            if course.isDown, processes.isReady { course.recover(at: MonotonicClock.now() - start) }
            let next = (incidents.first.map { [start + $0.at] } ?? []) + restarts.map(\.at)
            let soon = MonotonicClock.now() + Interval.milliseconds(50)
            try poller.wait(until: min(next.min() ?? soon, soon))
            for item in news.takeAll() {
                if item == .played { isPlayed = true }
                if item == .devicesReady { processes.play(from: MonotonicClock.now() - start) }
                screen.take(item, at: MonotonicClock.now())
            }
            screen.showSettled(before: MonotonicClock.now() - Self.lampSettles)
            if isPlayed, now > latest || isOver(at: now, incidents.isEmpty) { break }
        }
        screen.showSettled(before: Instant(nanoseconds: .max))
    }

    /// Whether only such vehicles are missing on the screen that nobody may have seen.
    private func isOver(at now: Instant, _ isQuiet: Bool) -> Bool {
        isQuiet && restarts.isEmpty && !course.downtimes.isEmpty && !course.isDown
            && now > start + max(scenario.lastMoment, course.lastRecovery) + Self.lastLook
    }

    private mutating func befall(_ incident: Scenario.Incident) throws {
        switch incident.deed {
        case .stopCentral:
            try processes.stopCentral()
            screen.incident("the central server is stopped")
        case .startCentral:
            try processes.start(.central)
            screen.incident("the central server is back")
        case .kill(let process, let pause):
            guard try processes.kill(process) else { return }
            let now = MonotonicClock.now()
            course.kill(process, at: now - start)
            restarts.append((now + pause, process))
            screen.incident("\(process.words) is killed (SIGKILL)")
        }
    }

    private mutating func restartWhatIsDue() throws {
        while let index = restarts.firstIndex(where: { $0.at <= MonotonicClock.now() }) {
            let process = restarts.remove(at: index).process
            try processes.start(process)
            course.start(process)
            screen.incident("\(process.words) is started again")
        }
    }

    /// Waits until the central server has every record.
    private func drain() throws -> Bool {
        let deadline = MonotonicClock.now() + DemoProcesses.patience
        var poller = Poller(slots: 0)
        while MonotonicClock.now() < deadline {
            if let sync = processes.status?.sync, sync.waiting == 0, sync.unsealed == 0 { return true }
            try poller.wait(until: MonotonicClock.now() + Interval.milliseconds(100))
        }
        return false
    }

    /// Holds against each other what passed, what the station's journal has, and what the central server has.
    private func report() throws -> DemoReport {
        let site = processes.site
        let delivery = DeliveryProof(
            station: try processes.lines(of: "station", ["journal", "export", site.configuration]),
            central: try processes.lines(of: "central", ["records", "--folder", site.central]))
        return DemoReport(
            scenario, course, delivery, passages: try rows(of: "passages"), photos: try rows(of: "photos"),
            photosLeft: try site.photosLeft())
    }

    private func rows<Row: Decodable>(of what: String) throws -> [Row] {
        try processes.lines(of: "central", [what, "--json", "--folder", processes.site.central]).map {
            try JSONDecoder().decode(Row.self, from: Data($0.utf8))
        }
    }
}
