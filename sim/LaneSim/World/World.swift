import Camera
import Exchange
import Lane
import Lights
import Peripherals
import SimDisk
import Station
import Storage
import Sync

/// Virtual time: the station's own machine, event by event, with everything around it simulated in one process.
///
/// The machine, the journal, the lists and photos on disk, the readers' firmware and the central server's rules are those of the
/// road. Ports, lines, cameras, network, disk times and both clocks are virtual. One seed gives one run.
package struct World: ~Copyable {
    /// The station has been running for so long at the scenario's first moment: readers are set up, the list is in force.
    static let warmUp = Interval.seconds(20)
    /// After the last that happens, a lane may still wait for late reads.
    static let quietFor = Interval.seconds(10)
    /// How often it is asked whether all is done.
    static let lookEvery = Interval.seconds(1)
    /// How often it is looked how much of what has a limit there is.
    static let surveyEvery = Interval.hours(1)
    /// A run with more is stopped: an hour of computing, some hundred days of a busy station.
    static let mostEvents = 500_000_000

    /// Something that is going to happen.
    enum Happening {
        case station(Event)
        case begin(fault: Int)
        case end(fault: Int)
        case startStation
        /// A detector bounces.
        case bounce(Int, isOccupied: Bool)
        /// A reader's line has bytes, or its firmware has something to do.
        case line(Int)
        /// What the station wrote has come to the reader.
        case written(Int, [UInt8])
        /// The first of the disk's jobs is done.
        case disk
        /// The first of the jobs about lists is done.
        case lists
        /// The first of the network's questions has come to the central server.
        case question
        /// The network is free for the next one.
        case answer(Event)
        /// One that the station has given up waiting for.
        case lateQuestion(Action)
        case photo(PhotoJob)
        case photoMissing(PhotoJob, PhotoMissing)
        case look
        /// The power goes, if it has not yet.
        case cutPower(fault: Int)
        /// A canary's time is over.
        case endPretence
        /// What has a limit is looked at.
        case survey
    }

    /// The run of the kernel that the monotonic clock belongs to: always the same one.
    private static let boot = "00000000-0000-4000-8000-000000000000"

    let scenario: Scenario
    let plan: RoadPlan
    /// The one that the station was started with last.
    private(set) var configuration: StationConfiguration
    private(set) var context: RecordContext
    /// The real folder of lists.
    let folder: RunFolder
    /// The station's disk, apart from its lists.
    let storage: SimulatedDisk
    var clock: VirtualClock
    var queue = EventQueue<(life: Int, what: Happening)>()
    var chance: SmallGenerator
    var faults = ActiveFaults()
    /// How many road events have happened.
    var road = 0
    var events = 0

    /// Nil while the station is down.
    var machine: StationMachine?
    var disk: VirtualDisk?
    var lists: VirtualListDisk?
    var network: VirtualNetwork
    var readers: [VirtualReader]
    var lines: VirtualLines
    /// Counts the station's starts and ends: what was meant for an earlier one happens to nobody.
    var life = 0
    /// The station is killed after so many effects more, by this fault.
    var killing: (after: Int, fault: Int)?
    /// The power goes at one of the disk's next calls, by this fault.
    var cutting: Int?
    var wakeAt: Instant?
    var followUps: [Event] = []
    /// What the station has not been told yet, because its process stands still; nil: it does not.
    var unheard: (since: Instant, events: [Event])?
    var captures: [PhotoJob] = []
    /// When the last thing that the scenario says has happened.
    var lastDeed = Interval.zero
    /// Readers that do not read since their station or their power came back, by name.
    var awaitedReaders: Set<String> = []
    /// The journal that the station has open.
    var journal: JournalID?
    let antennas: AntennaReaders
    /// What is broken on purpose.
    let canary: Canary?
    var pretendsUntil: Instant?
    var wallTime = Instant(nanoseconds: 0)
    /// Lights that a canary holds back.
    var heldLights: [(aspect: Aspect, lane: LaneNumber)] = []
    /// When heads have to be lit at the latest that are about to.
    var dueLights: [LaneNumber: Interval] = [:]
    /// From a start until a stop begins.
    var drivesHeads = false
    /// Whether the event that the machine has now is a worker's.
    var isWorkersTurn = false
    var history = JournalHistory()
    /// Files of salvaged journals that wait for the central server.
    var salvaged: Set<String> = []
    var observation = Observation()
    var isOver = false
    /// What was measured each day; nil: nothing is.
    var soak: [SoakSample]?

    private init(_ scenario: Scenario, _ plan: RoadPlan, seed: UInt64, breaking canary: Canary?) throws {
        let configuration = scenario.site.configuration
        let clock = VirtualClock(startsAt: scenario.startsAt, now: VirtualClock.first - Self.warmUp)
        let folder = try RunFolder()
        let published = Self.lists(scenario.lists, breaking: canary)
        let lists = try VirtualLists(
            published, name: configuration.central?.list ?? "none", clock, earliest: Interval.zero - Self.warmUp,
            folder: folder.path)
        var chance = SmallGenerator(seed: seed)
        readers = configuration.readers.map { VirtualReader($0, seed: chance.next()) }
        self.scenario = scenario
        self.plan = plan
        self.configuration = configuration
        self.clock = clock
        self.chance = chance
        context = RecordContext(configuration, boot: Self.boot)
        self.canary = canary
        let storage = SimulatedDisk(seed: seed, capacity: VirtualDisk.capacity)
        self.storage = storage
        network = VirtualNetwork(configuration, lists: lists, on: storage, downloads: folder.path)
        network.central.canary = canary
        network.certificate = scenario.certificateLife.map {
            VirtualCertificate(life: $0, at: clock.worldTime(at: .zero))
        }
        lines = VirtualLines(detectors: configuration.detectors.count)
        antennas = AntennaReaders(configuration)
        observation.witness.lists = lists.files
        self.folder = folder
    }

    /// Lets the station meet the scenario, until nothing is left to do or the scenario's limit is reached.
    ///
    /// - Parameters:
    ///   - canary: what is broken on purpose.
    ///   - isSoak: how large everything is is measured each day.
    /// - Throws: when the run's own folder cannot be had. Whatever happens to the station is in the observation.
    package static func run(
        _ scenario: Scenario, _ plan: RoadPlan, seed: UInt64, breaking canary: Canary? = nil, isSoak: Bool = false
    ) throws -> Observation {
        var world = try World(scenario, plan, seed: seed, breaking: canary)
        world.soak = isSoak ? [] : nil
        world.begin()
        while !world.isOver { try world.turn() }
        return world.conclude()
    }

    /// What the station is started with from now on.
    mutating func configure(_ number: Int) {
        let all = scenario.site.configurations
        guard all.indices.contains(number) else { return }
        configuration = all[number]
        context = RecordContext(configuration, boot: Self.boot)
        observation.witness.configured.append(.init(at: clock.elapsed, number: number))
    }

    private mutating func begin() {
        lastDeed = plan.ends
        for (number, fault) in scenario.faults.enumerated() {
            add(.begin(fault: number), at: VirtualClock.first + fault.at, .fault, forStation: false)
            lastDeed = max(lastDeed, fault.at + (fault.lasts ?? .zero))
            guard let lasts = fault.lasts else { continue }
            add(.end(fault: number), at: VirtualClock.first + fault.at + lasts, .fault, forStation: false)
        }
        for list in scenario.lists { lastDeed = max(lastDeed, list.at) }
        add(.look, at: VirtualClock.first + lastDeed + Self.quietFor, .timer, forStation: false)
        add(.survey, at: VirtualClock.first + Self.surveyEvery, .timer, forStation: false)
        for index in readers.indices { happen(.powerOn, to: index) }
        start()
    }

    mutating func add(
        _ what: Happening, at moment: Instant, _ class: Turn.Class,
        forStation: Bool = true
    ) {
        queue.add((forStation ? life : -1, what), at: moment, `class`)
    }

    // MARK: Time

    /// What is next of the queue, the road and the station's wake.
    private mutating func turn() throws {
        let queued = queue.next
        let driven = road < plan.events.count ? turn(of: plan.events[road]) : nil
        let wake = machine == nil || unheard != nil ? nil : wakeAt.map { Turn(max($0, clock.now), .timer) }
        guard let next = Self.first(queued, Self.first(driven, wake)) else { return giveUp("nothing is to come") }
        // A run that ends so never came to rest: what it was waiting for is told by the verdict.
        guard next.at - VirtualClock.first <= scenario.limit else { return isOver = true }
        guard events < Self.mostEvents else { return giveUp("it is not at rest after \(events) events") }
        events += 1
        clock.advance(to: next.at)
        if next == queued {
            let (life, what) = queue.takeNext()
            if life < 0 || life == self.life { try carryOut(what) }
        } else if next == driven {
            road += 1
            drive(plan.events[road - 1])
        } else {
            wakeAt = nil
            tell(.wake)
        }
        if !storage.isOn, let cutting { losePower(by: cutting) }
    }

    private static func first(_ a: Turn?, _ b: Turn?) -> Turn? {
        guard let a, let b else { return a ?? b }
        return min(a, b)
    }

    private func turn(of event: RoadEvent) -> Turn {
        let at = VirtualClock.first + event.at
        switch event.happening {
        case .edge: return Turn(at, .edge)
        case .tag: return Turn(at, .read)
        }
    }

    private mutating func giveUp(_ reason: String) {
        observation.troubles.append("\(reason): \(clock.elapsed.milliseconds) ms from the first moment")
        isOver = true
    }

    private mutating func carryOut(_ what: Happening) throws {
        switch what {
        case .station(let event): tell(event)
        case .begin(let fault): begin(fault)
        case .end(let fault): end(fault)
        case .startStation: start()
        case .bounce(let detector, let isOccupied): setDetector(detector, isOccupied)
        case .line(let index): advance(index)
        case .written(let index, let bytes): hand(bytes, to: index)
        case .disk: finishDiskJob()
        case .lists: finishListJob()
        case .question: askCentral()
        case .answer(let event): takeAnswer(event)
        case .lateQuestion(let question): askLate(question)
        case .photo(let job): keepPhoto(job)
        case .photoMissing(let job, let reason): missPhoto(job, reason)
        case .look: look()
        case .cutPower(let fault): if cutting == fault { losePower(by: fault) }
        case .endPretence: endPretence()
        case .survey: survey()
        }
    }
}
