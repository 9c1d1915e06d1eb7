import Camera
import Exchange
import Lane
import Lights
import Peripherals
import Station
import Sync
import TagReader

/// The station's decision thread in virtual time: its events, and what it wants done.
extension World {
    /// Gives the machine an event, and those that carrying out its actions brings about.
    mutating func tell(_ event: Event) {
        guard unheard == nil else {
            unheard?.events.append(event)
            return
        }
        hear(event, at: machineTime())
    }

    mutating func hear(_ event: Event, at now: Instant) {
        step(event, at: now)
        while !followUps.isEmpty { step(followUps.removeFirst(), at: machineTime()) }
        observation.witness.lamps += lines.takeUnclaimed(at: clock.elapsed)
    }

    private mutating func step(_ event: Event, at now: Instant) {
        guard machine != nil else { return }
        isWorkersTurn = event.isOfWorker
        if case .ledger(.committed) = event { releaseLights() }
        if case .stop = event { letGoOfHeads() }
        // The lamp is set before the machine writes anything down.
        let ending = life
        carryOut(machine?.begin(event, at: now) ?? [])
        guard life == ending else { return }
        carryOut(machine?.finish(at: now) ?? [])
    }

    /// Each in turn, until the station is killed between two of them. What it had decided by then may be committed all the same.
    private mutating func carryOut(_ actions: [Action]) {
        let ending = life
        for action in actions {
            if life == ending { effect(action) } else { witnessCut(action) }
        }
    }

    /// Carries an action out, unless the station is killed just before.
    private mutating func effect(_ action: Action) {
        guard let (after, fault) = killing else { return carryOut(action) }
        guard after == 0 else {
            killing = (after - 1, fault)
            return carryOut(action)
        }
        killing = nil
        killMidway(fault)
        witnessCut(action)
    }

    private mutating func carryOut(_ action: Action) {
        switch action {
        case .show(let aspect, let lane): if !holdsBack(aspect, lane) { show(aspect, on: lane) }
        case .write(let index, let bytes): write(bytes, to: index)
        case .openPort(let index): open(index)
        case .closePort(let index):
            readers[index].isOpen = false
            readers[index].loseCount()
        case .connectLines: connectLines()
        case .wake(let moment): wakeAt = moment
        case .readClock:
            let stamp = stamp
            let uncertainty = stamp.clock == .good ? VirtualClock.uncertainty : nil
            followUps.append(.clock(stamp.utc, stamp.clock, uncertainty: uncertainty))
        case .photos(.capture(let job)): capture(job)
        case .ledger, .salvage, .room, .photos, .lookAtPhotos: giveDisk(action)
        case .loadList, .releaseList: giveLists(action)
        case .listUpdater(let part): part.isForCentral ? giveNetwork(action) : giveLists(action)
        case .uploader, .salvaged, .salvagedPhoto, .sendPhoto, .renewal: giveNetwork(action)
        case .log(let entry): note(entry)
        case .watch(let notice):
            if notice.moment == .decided { witness(notice) }
            watchLight(notice)
        case .answer(_, .status(let report)):
            witnessCounts(report)
            judgeRest(report)
            sampleForSoak(report)
        case .answer, .tell: break
        case .stopped:
            observation.witness.lamps += lines.lit(at: clock.elapsed, "lit after a stop")
            endStation()
        }
    }

    /// The moment as the station's computer tells it.
    var stamp: Stamp { clock.stamp(faults.clockIsGood ? .good : .unknown) }

    private mutating func note(_ entry: LogEntry) {
        observation.log.append(Observation.Logged(at: clock.elapsed, entry: entry))
        guard entry.event == "reader.state", !awaitedReaders.isEmpty,
            entry.fields.contains(where: { $0.name == "state" && $0.value == ReaderState.reading.text }),
            let reader = entry.fields.first(where: { $0.name == "reader" })
        else { return }
        awaitedReaders.remove(reader.value)
        if awaitedReaders.isEmpty { endDowntimes() }
    }

    /// What was down is up again when all its readers read, those aside that something else is wrong with.
    mutating func awaitReaders() {
        let names = configuration.readers.map(\.settings.name)
        awaitedReaders = Set(names.filter { !faults.isUnplugged($0) && !faults.isWithoutPower($0) })
        if awaitedReaders.isEmpty { endDowntimes() }
    }

    // MARK: Its life

    /// Starts the station's program over the folder as it is.
    mutating func start() {
        guard machine == nil else { return }
        life += 1
        observation.witness.starts.append(clock.elapsed)
        wakeAt = nil
        var ids = SmallGenerator(seed: chance.next())
        let folder = StateFolder(
            configuration, at: configuration.station.stateFolder, on: storage, reserve: VirtualDisk.reserve)
        disk = VirtualDisk(context, folder) { JournalID(high: ids.next(), low: ids.next()) }
        lists = VirtualListDisk(configuration, folder, lists: self.folder.path)
        machine = StationMachine(
            configuration, seed: chance.next(), memory: VirtualListDisk.memory, at: clock.now)
        drivesHeads = true
        for index in readers.indices { readers[index].beginCount() }
        awaitReaders()
        let stamp = stamp
        tell(.start(stamp.utc, stamp.clock))
    }

    /// The station's program is gone, whatever it was doing: its jobs are lost before or after their effect.
    mutating func kill() {
        guard machine != nil else { return }
        observation.witness.kills.append(clock.elapsed)
        if let job = disk?.jobs.first, chance.next() % 2 == 0 { _ = doOnDisk(job) }
        if let job = lists?.jobs.first, chance.next() % 2 == 0 { _ = doOnLists(job) }
        for job in captures where chance.next() % 2 == 0 { _ = take(job) }
        if let question = network.questions.first, canReachCentral, answerOfAuthority(to: question) == nil,
            lookAtCertificate(for: question) == nil, chance.next() % 2 == 0
        {
            reachCentral(with: question)
        }
        storage.endProgram()
        endStation()
    }

    /// Nothing of the program is left. What it had open is closed in order unless the disk has ended it before.
    mutating func endStation() {
        observation.witness.end()
        life += 1
        machine = nil
        network.forgetJournal()
        network.questions = []
        disk = nil
        lists = nil
        wakeAt = nil
        followUps = []
        unheard = nil
        captures = []
        heldLights = []
        letGoOfHeads()
        lines.disconnect()
        for index in readers.indices { readers[index].isOpen = false }
    }
}

extension Event {
    /// Whether it is what a disk, a camera, a list or the network answered.
    fileprivate var isOfWorker: Bool {
        switch self {
        case .ledger, .salvage, .room, .photos, .upload, .salvagedUpload, .salvagedPhoto, .photoUpload, .renewal, .list:
            true
        case .start, .reader, .lines, .stoodStill, .clock, .asked, .scheduled, .wake, .stop: false
        }
    }
}
