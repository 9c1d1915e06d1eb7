import Devices
import Exchange
import FoundationEssentials
import Lane
import Peripherals
import Station
import Storage
import Sync

/// Real programs that are killed, held up, cut off from each other and left without room on their disk, while vehicles pass.
struct Torture: ~Copyable {
    /// From the word to the devices until a round's first moment: the word has arrived by then.
    private static let lead = Interval.milliseconds(300)
    /// When the faults are over everything is delivered within this: a half-open connection is given up after 20 s, and the wait for the
    /// next try may have grown meanwhile.
    private static let drainsWithin = Interval.minutes(2)
    /// A station that was given everything back works within this.
    private static let recoversWithin = Interval.minutes(1)
    /// So long the station may stand still before its watchdog ends it, as it should.
    static let watchdog = Interval.seconds(4)

    let settings: TortureSettings
    let site: WireSite
    let news: Devices.Mailbox<WireNews>
    let link: SimulatedLink
    let road: TortureRoad
    private let boot: String
    var notes: TortureNotes
    var disk: SmallDisk
    var processes: WireProcesses
    var progress: TortureProgress
    private let wasInterrupted: Bool
    private var plan: RoadPlan
    private var scenario: Scenario
    private var course: TortureCourse
    /// A round's first moment.
    private var beginning = Instant(nanoseconds: 0)
    private var isPlayed = false
    var state = TortureState()

    /// Begins a run, or goes on with the one whose folder it is.
    init(_ settings: TortureSettings) throws {
        let story = try TortureNotes.story(in: settings.folder)
        let isGoneOnWith = story != nil && story?.wasGood != true
        let boot = try Self.bootID()
        if isGoneOnWith, let story { try Self.check(story, settings, boot) }
        let site = try WireSite(settings.folder, isGoneOnWith: isGoneOnWith, state: "disk/station")
        try LeftOver.end(in: site.folder)
        let disk = try SmallDisk("\(site.folder)/disk", log: site.log("mount"))
        var notes = try TortureNotes(in: site.folder)
        if !isGoneOnWith { try notes.write(.begun(seed: settings.seed)) }
        let road = TortureRoad(folder: site.folder, seed: settings.seed)
        let round = notes.story.nextRound
        let kills = min(TortureCourse.kills, settings.kills - notes.story.kills)
        let course = TortureCourse(seed: settings.seed, round: round, kills: max(0, kills))
        try road.write(round, until: course.ends)
        let (scenario, plan) = try road.planned(round)
        let link = try SimulatedLink()
        let news = try Devices.Mailbox<WireNews>(bound: 65_536)
        let processes = try WireProcesses(scenario, site: site, news: news, link: link)
        (self.settings, self.site, self.news, self.link, self.road) = (settings, site, news, link, road)
        (self.scenario, self.plan, self.course) = (scenario, plan, course)
        self.boot = boot
        progress = TortureProgress(kills: settings.kills, before: notes.story.kills)
        wasInterrupted = notes.story.rounds.last?.isDrained == false
        self.notes = consume notes
        self.disk = consume disk
        self.processes = consume processes
    }

    /// What is there has to be this run's, and one that failed is kept for whoever looks into it.
    private static func check(_ story: TortureStory, _ settings: TortureSettings, _ boot: String) throws {
        guard story.wasGood == nil else {
            throw CommandFailure(
                .cannotCreate,
                "\(settings.folder) has a run that failed; name another --folder, or delete it when it is understood")
        }
        guard story.seed == settings.seed else {
            throw CommandFailure(
                .usage,
                "\(settings.folder) has a run of --seed \(story.seed ?? 0) that is not over; give that seed, or another --folder"
            )
        }
        guard story.rounds.allSatisfy({ $0.boot == boot }) else {
            throw CommandFailure(
                .cannotCreate,
                "\(settings.folder) has a run from before this computer was started, and its small disk was in memory; "
                    + "name another --folder, or delete it")
        }
    }

    /// Which run of the kernel the monotonic clock belongs to.
    private static func bootID() throws -> String {
        try String(contentsOf: URL(filePath: "/proc/sys/kernel/random/boot_id"), encoding: .utf8).filter { $0 != "\n" }
    }

    /// Lets it happen, round after round, and gives what came of it.
    mutating func run() throws -> TortureResult {
        try processes.startAll()
        var result = TortureResult()
        do {
            if wasInterrupted { result = try drain() }
            var isFirst = true
            while result.isGood, notes.story.kills < settings.kills {
                if !isFirst { try prepareNextRound() }
                isFirst = false
                try play()
                result = try drain()
            }
        } catch let failure as CommandFailure where failure.code == .failed {
            // A program that did not come back fails the run, and must not be forgotten when it is gone on with.
            result.troubles.append(failure.message)
        }
        progress.end()
        result.troubles += try processes.stopAll()
        news.close()
        link.stop()
        try notes.write(.ended(isGood: result.isGood))
        return result
    }

    /// The small file system goes, what lay in it stays.
    consuming func end() throws { try disk.keep() }

    private mutating func prepareNextRound() throws {
        let round = notes.story.nextRound
        let kills = min(TortureCourse.kills, settings.kills - notes.story.kills)
        course = TortureCourse(seed: settings.seed, round: round, kills: kills)
        try road.write(round, until: course.ends)
        (scenario, plan) = try road.planned(round)
        try processes.exchange(scenario)
    }

    // MARK: A round

    private mutating func play() throws {
        beginning = MonotonicClock.now() + Self.lead - min(plan.events.first?.at ?? .zero, .zero)
        isPlayed = false
        state = TortureState()
        try notes.write(.round(number: notes.story.nextRound, boot: boot, at: beginning.nanoseconds))
        processes.play(from: beginning)
        var steps = course.steps[...]
        let latest = beginning + max(course.ends, scenario.lastMoment(plan)) + Self.recoversWithin
        while !steps.isEmpty || !isPlayed || state.isRecovering {
            guard MonotonicClock.now() < latest else {
                throw CommandFailure(.failed, "the station did not recover; see \(site.log("station"))")
            }
            while let step = steps.first, beginning + step.at <= MonotonicClock.now() {
                try carryOut(step.deed)
                steps.removeFirst()
            }
            try pickUpFallen()
            try look()
            let soon = MonotonicClock.now() + .milliseconds(50)
            try listen(until: steps.first.map { min(soon, beginning + $0.at) } ?? soon)
            progress.show(notes.story)
        }
    }

    /// Hears what the processes say until that moment, or until something was said.
    private mutating func listen(until moment: Instant) throws {
        var poller = Poller(slots: 1)
        poller.watch(0, news.descriptor)
        try poller.wait(until: moment)
        for item in news.takeAll() {
            switch item {
            case .played: isPlayed = true
            case .devicesReady:
                isPlayed = false
                processes.play(from: beginning)
            case .playing: state.down.remove(.devices)
            case .taken(let text, let at): try notes.write(.taken(text: text, at: at.nanoseconds))
            case .late(let from, let to): try notes.write(.late(from: from.nanoseconds, to: to.nanoseconds))
            case .camera, .capture, .lamp, .passage: break
            }
        }
    }

    // MARK: The end of a round

    /// Waits until everything is delivered, and holds the whole run against it.
    private mutating func drain() throws -> TortureResult {
        let calm = MonotonicClock.now() + max(.seconds(2), scenario.longestCrossing)
        while MonotonicClock.now() < calm { try listen(until: calm) }
        let deadline = MonotonicClock.now() + Self.drainsWithin
        var isDelivered = false
        while !isDelivered, MonotonicClock.now() < deadline {
            try listen(until: MonotonicClock.now() + .milliseconds(100))
            guard let sync = processes.status?.sync else { continue }
            isDelivered = try sync.unsealed == 0 && sync.waiting == 0 && site.photosLeft() == 0
        }
        var observation = try harvest()
        if isDelivered { observation.restedAt = .zero }
        if !isDelivered {
            observation.troubles.append(
                "not everything was delivered within \(Self.drainsWithin.words) after the last fault")
        }
        // A round that was broken off is drained now, but its last vehicles never came: it stays marked as it is.
        if notes.story.rounds.last?.begins == beginning { try notes.write(.drained) }
        let (story, road) = (notes.story, road)
        let check = try TortureCheck(story, observation) { try road.planned($0) }
        return check.result
    }

    /// Takes what the central server has and then what the station has, journals that were set aside first.
    private func harvest() throws -> Observation {
        let time = Interval.minutes(1)
        func lines(_ program: String, _ arguments: [String]) throws -> [String] {
            try processes.output(of: program, arguments, within: time).split(separator: "\n").map(String.init)
        }
        let central = try lines("central", ["records", "--folder", site.central])
        let photos = try lines("central", ["photos", "--json", "--folder", site.central])
        let station = try setAside() + lines("station", ["journal", "export", site.configuration])
        var observation = Observation()
        let zero = Instant(nanoseconds: 0)
        try WireHarvest(station: station, central: central, photos: photos, since: zero).fill(&observation)
        observation.photosLeft = try site.photosLeft()
        return observation
    }

    private func setAside() throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: site.state).filter {
            $0.hasPrefix(Journal.name + setAsideMark) && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm")
        }
        var lines: [String] = []
        for name in names.sorted(by: { ($0.utf8.count, $0) < ($1.utf8.count, $1) }) {
            let reader = try JournalReader(file: "\(site.state)/\(name)")
            var next = Sequence(1)
            while case let found = try reader.records(from: next), let last = found.last {
                lines += found.map { String(decoding: $0.line.bytes.dropLast(), as: UTF8.self) }
                next = last.sequence.next
            }
        }
        return lines
    }
}
