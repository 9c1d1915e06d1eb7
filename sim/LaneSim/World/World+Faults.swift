import Central
import Glibc
import Lane
import Peripherals
import SimDisk
import Station

/// What goes wrong, and is well again.
extension World {
    /// A station that was killed and nobody says for how long: systemd starts it again (`RestartSec`).
    private static let restart = Interval.seconds(2)
    /// A power cut comes at one of the disk's calls, or after this, when the disk has nothing to do.
    private static let cutWithin = Interval.seconds(10)
    /// The first call that fails is one of so many.
    private static let callsBeforeFailure: UInt64 = 40

    mutating func begin(_ number: Int) {
        let fault = scenario.faults[number]
        faults.begin(number, fault.deed)
        switch fault.deed {
        case .readerUnplugged, .readerWithoutPower, .linesAway: settleDevices()
        case .readerReboots(let name):
            for event in [ECPFirmware.Event.powerOff, .powerOn] { onReader(name) { $0.happen(event, to: $1) } }
        case .readerErrors(let name): onReader(name) { $0.happen(.say("Error06"), to: $1) }
        case .linesGarbled(let count): if lines.isConnected { tell(.lines(.notUnderstood(count))) }
        case .centralWentBack(let records): goBack(records)
        case .centralAhead: goAhead()
        case .killedMidway(let after): if machine != nil { killing = (after, number) }
        case .stoodStill: standStill()
        case .clockDrifts(let by):
            clock.drift(daily: by)
            witnessClock()
        case .readerNoise(let name, let bytes): onReader(name) { $0.disturb($1, .noise(bytes: bytes)) }
        case .readerBabbles(let name):
            let length = fault.lasts ?? scenario.limit
            onReader(name) { $0.disturb($1, .babble(length)) }
        case .framesDamaged(let name, let count): onReader(name) { $0.disturb($1, .damage(frames: count)) }
        case .framesCut(let name, let count): onReader(name) { $0.disturb($1, .cut(frames: count)) }
        case .framesLost(let name, let count): onReader(name) { $0.disturb($1, .swallow(frames: count)) }
        case .framesJoined(let name, let count): onReader(name) { $0.disturb($1, .join(frames: count)) }
        case .framesRepeated(let name, let count): onReader(name) { $0.disturb($1, .repeat(frames: count)) }
        case .framesLate(let name, let count): onReader(name) { $0.disturb($1, .delay(frames: count)) }
        case .detectorStuck(let name, _): settleDetector(name)
        case .clockSteps(let by): stepClock(by: by)
        case .killed(let program), .stopped(let program): down(program, number)
        case .fileDamaged, .reconfigured: down(.station, number)
        case .diskFull, .diskFails: settleDisk()
        case .powerCut(let after):
            cutting = number
            storage.plan(.failing(call: after + 1, with: .powerCut))
            add(.cutPower(fault: number), at: clock.now + Self.cutWithin, .fault, forStation: false)
        case .detectorBounces, .cameraSlow, .cameraSilent, .cameraRefuses, .cameraSendsRubbish, .centralAway,
            .centralBusy, .networkHangs, .answersLost, .questionsRepeated, .questionsLate, .answersWrong,
            .recordsRejected, .networkSlow, .diskSlow, .clockNotGood:
            // Whoever meets it asks what is in force.
            break
        }
    }

    mutating func end(_ number: Int) {
        let fault = scenario.faults[number]
        faults.end(number)
        switch fault.deed {
        case .readerUnplugged, .readerWithoutPower, .linesAway: settleDevices()
        case .detectorStuck(let name, _): settleDetector(name)
        case .clockSteps(let by): stepClock(by: .zero - by)
        case .killed(let program), .stopped(let program): up(program)
        case .killedMidway, .powerCut: up(.station)
        case .diskFull, .diskFails: settleDisk()
        case .stoodStill: goOn()
        case .fileDamaged(let file, let damage):
            self.damage(file, damage)
            up(.station)
        case .reconfigured(let number):
            kill()
            configure(number)
            up(.station)
        case .clockDrifts:
            witnessClock()
            clock.drift(daily: nil)
            witnessClock()
        case .readerReboots, .readerErrors, .readerNoise, .readerBabbles, .framesDamaged, .framesCut, .framesLost,
            .framesJoined, .framesRepeated, .framesLate, .detectorBounces, .linesGarbled, .cameraSlow, .cameraSilent,
            .cameraRefuses, .cameraSendsRubbish, .centralAway, .centralBusy, .networkHangs, .answersLost,
            .questionsRepeated, .questionsLate, .answersWrong, .centralWentBack, .centralAhead, .recordsRejected,
            .networkSlow, .diskSlow, .clockNotGood:
            break
        }
    }

    mutating func stepClock(by step: Interval) {
        clock.step(by: step)
        witnessClock()
    }

    private mutating func witnessClock() {
        observation.witness.clock.append(.init(at: clock.elapsed, by: clock.offset))
    }

    // MARK: The central server

    /// It is restored from a backup; one from before the station's retention is nobody's.
    private mutating func goBack(_ count: Int) {
        guard let name = journalName, let first = firstRecord() else { return }
        let least = Int(first.number) - 1
        let place = max(least, network.central.count(of: name) - count)
        observation.witness.lostAtCentral += network.central.goBack(name, to: place)
    }

    private mutating func goAhead() {
        if let journalName { network.central.goAhead(journalName) }
    }

    private var journalName: JournalName? {
        journal.map { JournalName(station: configuration.station.id, journal: $0) }
    }

    private mutating func onReader(_ name: String, _ deed: (inout World, Int) -> Void) {
        guard let index = configuration.readers.firstIndex(where: { $0.settings.name == name }) else { return }
        deed(&self, index)
    }

    /// Adapters, power and lines as the faults of this moment have them.
    private mutating func settleDevices() {
        for (index, section) in configuration.readers.enumerated() {
            let name = section.settings.name
            let line = readers[index].line
            if faults.isWithoutPower(name), line.firmware.isOn { happen(.powerOff, to: index) }
            if !faults.isWithoutPower(name), !line.firmware.isOn { happen(.powerOn, to: index) }
            if faults.isUnplugged(name), line.isPlugged { unplug(index) }
            if !faults.isUnplugged(name), !line.isPlugged { readers[index].line.plug() }
        }
        if faults.linesAreAway { loseLines() }
    }

    /// A detector as it is stuck, or as it sees the road again.
    private mutating func settleDetector(_ name: String) {
        guard let detector = configuration.detectors.firstIndex(where: { $0.name == name }) else { return }
        setDetector(detector, faults.stuckLevel(of: name) ?? lines.isDrivenOver(detector))
    }

    // MARK: Disk and power

    /// The disk as the faults of this moment have it: not a byte is free, or calls fail from one of the next on.
    private mutating func settleDisk() {
        storage.capacity = faults.diskIsFull ? min(storage.capacity, storage.used) : VirtualDisk.capacity
        guard faults.diskFails else { return storage.plan(FaultPlan()) }
        let call = 1 + Int(chance.next() % Self.callsBeforeFailure)
        storage.plan(.failing(call: call, with: .error(EIO), isLasting: true))
    }

    /// The power goes and comes back: of what was not synced the disk has what chance leaves. The computer keeps its clocks, and systemd
    /// starts the station.
    mutating func losePower(by number: Int) {
        cutting = nil
        storage.restart(PowerCut(seed: chance.next()))
        settleDisk()
        guard machine != nil else { return }
        observation.downtimes.append(.init(program: .station, from: clock.elapsed))
        observation.witness.kills.append(clock.elapsed)
        endStation()
        add(.end(fault: number), at: clock.now + Self.restart, .fault, forStation: false)
    }

    // MARK: Programs

    /// Killed between two effects, and started again by systemd.
    mutating func killMidway(_ number: Int) {
        observation.downtimes.append(.init(program: .station, from: clock.elapsed))
        kill()
        add(.end(fault: number), at: clock.now + Self.restart, .fault, forStation: false)
    }

    private mutating func down(_ program: Fault.Program, _ number: Int) {
        observation.downtimes.append(.init(program: program, from: clock.elapsed))
        let fault = scenario.faults[number]
        var isKill = false
        if case .killed = fault.deed { isKill = true }
        switch program {
        case .station: if isKill { kill() } else { tell(.stop) }
        case .devices: settleDevices()
        case .central: break
        }
        guard isKill || fault.deed.isMomentary, fault.lasts == nil else { return }
        add(.end(fault: number), at: clock.now + Self.restart, .fault, forStation: false)
    }

    private mutating func up(_ program: Fault.Program) {
        switch program {
        case .station:
            // A stop that still goes on is waited for.
            guard machine == nil else {
                return add(.startStation, at: clock.now + StationMachine.stopWithin, .fault, forStation: false)
            }
            start()
        case .devices:
            settleDevices()
            awaitReaders()
        case .central: endDowntimes(of: .central)
        }
    }

    /// Everything works as it should again.
    mutating func endDowntimes() {
        endDowntimes(of: .station)
        if !faults.devicesAreDown { endDowntimes(of: .devices) }
    }

    private mutating func endDowntimes(of program: Fault.Program) {
        for index in observation.downtimes.indices
        where observation.downtimes[index].program == program && observation.downtimes[index].to == nil {
            observation.downtimes[index].to = clock.elapsed
        }
    }
}
