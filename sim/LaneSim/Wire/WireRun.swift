import Devices
import FoundationEssentials
import Lane
import Station

/// A scenario with real processes, on real bytes, in real time.
package struct WireRun: ~Copyable {
    /// A scenario that takes longer is for virtual time: whoever waits for it has gone away.
    package static let longest = Interval.minutes(10)
    /// On two processor cores that builds, tests and other runs share, a program waits some tenths of a second for its turn: what has to
    /// come within 100 ms in virtual time may take a second here.
    static let allowance = Allowance.wire(boundsWidenedBy: 10)
    /// From the word to the devices until the scenario's first moment: the word has arrived by then.
    private static let lead = Interval.milliseconds(300)
    /// The lamp is looked at so long after a decision: head dark, head lit.
    private static let lampSettles = Interval.milliseconds(300)
    /// After the last moment nothing more than this is waited for before rest is looked for: a late read, a photo.
    private static let lastLook = Interval.seconds(2)
    /// Photos come after their passages, and are deleted when the central server has them.
    private static let photosArrive = Interval.seconds(10)

    let site: WireSite
    private let scenario: Scenario
    private let plan: RoadPlan
    private let news: Devices.Mailbox<WireNews>
    private var processes: WireProcesses
    private var course: WireCourse
    private var screen: WireScreen?
    private var observation = Observation()
    private var isPlayed = false
    /// The scenario's first moment, on this computer's clock.
    private var beginning = Instant(nanoseconds: 0)
    /// What the central server's photos are called.
    private(set) var photos: [WireHarvest.PhotoLine] = []

    /// Lets a scenario happen in a folder of its own, which is made or emptied.
    ///
    /// - Parameters:
    ///   - scenario: its `seed` is that of the plan.
    ///   - folder: keeps configuration, logs, journal and photos when this returns.
    /// - Throws: when a program does not start, or another run has the folder. Every program has ended then.
    package static func observe(_ scenario: Scenario, _ plan: RoadPlan, folder: String) throws -> Observation {
        let lock = try WireSite.lock(folder)
        var run = try WireRun(scenario, plan, site: try WireSite(folder), screen: nil)
        let observation = try run.run()
        _ = consume lock
        return observation
    }

    init(_ scenario: Scenario, _ plan: RoadPlan, site: WireSite, screen: WireScreen?) throws {
        let news = try Devices.Mailbox<WireNews>(bound: 1_024)
        processes = try WireProcesses(scenario, site: site, news: news)
        course = WireCourse(scenario)
        self.site = site
        self.news = news
        self.scenario = scenario
        self.plan = plan
        self.screen = screen
    }

    /// Lets it happen, and gives what came out.
    mutating func run() throws -> Observation {
        screen?.title(folder: site.folder)
        try processes.startAll()
        try play()
        try rest()
        try harvest()
        observation.downtimes = course.downtimes
        for downtime in course.downtimes where downtime.to == nil && !course.isGone(downtime.program) {
            observation.troubles.append("\(downtime.program.are) down, and the station did not recover from it")
        }
        observation.troubles += try processes.stopAll()
        observation.troubles += try site.numbersInLogs(NumbersUsed(plan, scenario.site))
        news.close()
        return observation
    }

    /// Lets everything happen, and waits until the station has recovered from it.
    private mutating func play() throws {
        let first = min(plan.events.first?.at ?? .zero, .zero)
        beginning = MonotonicClock.now() + Self.lead - first
        processes.play(from: beginning)
        let ahead = (beginning - MonotonicClock.now()).milliseconds
        screen?.begin(at: beginning, UTC(milliseconds: WallClock.now().milliseconds + ahead))
        let lastMoment = scenario.lastMoment(plan)
        let latest = beginning + lastMoment + WireProcesses.patience
        while MonotonicClock.now() < latest {
            for deed in course.take(until: MonotonicClock.now() - beginning) { try carryOut(deed) }
            if course.isRecovering, processes.isReady { course.recover(at: MonotonicClock.now() - beginning) }
            let soon = MonotonicClock.now() + Interval.milliseconds(50)
            try listen(until: min(course.next.map { beginning + $0 } ?? soon, soon))
            let isOver = isPlayed || course.isGone(.devices)
            if isOver, course.next == nil, !course.isRecovering, MonotonicClock.now() > beginning + lastMoment { break }
        }
        if !isPlayed, !course.isGone(.devices) {
            observation.troubles.append("the devices did not come to the end; see \(site.log("devices"))")
        }
    }

    private mutating func carryOut(_ deed: WireCourse.Deed) throws {
        let now = MonotonicClock.now() - beginning
        switch deed {
        case .kill(let program):
            try processes.kill(program)
            course.end(program, at: now)
            screen?.incident("\(program.are) killed (SIGKILL)")
        case .stop(let program):
            try processes.stop(program)
            course.end(program, at: now)
            screen?.incident("\(program.are) stopped")
        case .start(let program):
            try processes.start(program)
            course.start(program)
            screen?.incident("\(program.are) started again")
        case .publish(let number):
            try processes.publish(scenario.lists[number], number)
            screen?.incident("the central server publishes another list")
        }
    }

    /// Hears what the processes say until that moment, or until something was said.
    private mutating func listen(until moment: Instant) throws {
        var poller = Poller(slots: 1)
        poller.watch(0, news.descriptor)
        try poller.wait(until: moment)
        for item in news.takeAll() {
            take(item)
            screen?.take(item, at: MonotonicClock.now())
        }
        screen?.showSettled(before: MonotonicClock.now() - Self.lampSettles)
    }

    private mutating func take(_ item: WireNews) {
        switch item {
        case .played: isPlayed = true
        case .devicesReady: processes.play(from: beginning)
        case .lamp(let lane, let aspect, let at):
            observation.lamps.append(Observation.Lamp(at: at - beginning, lane: lane, aspect: aspect))
        case .capture(let name, let at):
            let camera = scenario.site.configuration.cameras.first { $0.section.name == name }
            guard let camera else { return }
            observation.captures.append(
                Observation.Capture(at: at - beginning, lane: camera.section.lane, camera: name))
        case .camera, .passage, .taken, .late, .playing: break
        }
    }

    /// Waits until nothing is left to do: records and photos are at the central server, as far as it is there.
    private mutating func rest() throws {
        let calm = MonotonicClock.now() + max(Self.lastLook, scenario.longestCrossing)
        while MonotonicClock.now() < calm { try listen(until: calm) }
        let deadline = MonotonicClock.now() + WireProcesses.patience
        while !isAtRest, MonotonicClock.now() < deadline {
            try listen(until: MonotonicClock.now() + Interval.milliseconds(100))
        }
        let isDelivered = isAtRest
        let photosDeadline = MonotonicClock.now() + Self.photosArrive
        while try site.photosLeft() > 0, !course.isGone(.central), MonotonicClock.now() < photosDeadline {
            try listen(until: MonotonicClock.now() + Interval.milliseconds(100))
        }
        observation.photosLeft = try site.photosLeft()
        screen?.showSettled(before: Instant(nanoseconds: .max))
        screen?.note(isDelivered ? "everything is at the central server" : "the station still has records to deliver")
        if isDelivered { observation.restedAt = MonotonicClock.now() - beginning }
    }

    private var isAtRest: Bool {
        guard !course.isGone(.station) else { return true }
        guard let sync = processes.status?.sync else { return false }
        return sync.unsealed == 0 && (sync.waiting == 0 || course.isGone(.central))
    }

    /// Takes what the central server has and then what the station has: between the two only the station's may grow.
    private mutating func harvest() throws {
        let central = try processes.lines(of: "central", ["records", "--folder", site.central])
        let photos = try processes.lines(of: "central", ["photos", "--json", "--folder", site.central])
        let station = try processes.lines(of: "station", ["journal", "export", site.configuration])
        let harvest = try WireHarvest(station: station, central: central, photos: photos, since: beginning)
        harvest.fill(&observation)
        self.photos = harvest.photos
    }
}

extension Fault.Program {
    /// What people call it, with its verb.
    fileprivate var are: String { "\(words) \(self == .devices ? "are" : "is")" }
}
