import Exchange
import Lane
import Lights
import Sync

/// Start and stop, the civil clock, alarms, the log.
extension StationMachine {
    mutating func start(_ utc: UTC, _ quality: ClockQuality, _ turn: inout StationTurn) {
        guard phase == .created else { return }
        phase = .running
        look(utc, quality, nil, &turn)
        wake(.own(.housekeeping), at: turn.now + Self.clockEvery)
        askWatch(at: turn.now)
        for lane in gantry.laneNumbers {
            head(lane, .start, &turn)
            // Until a reader reads, nobody can say that a vehicle has no tag.
            if configuration.antennas.contains(where: { $0.lane == lane }) {
                self.lane(lane, .reader(isDown: true), &turn)
            }
        }
        if configuration.lines.socket != nil { turn.actions.append(.connectLines) }
        ledger(.start, &turn)
        // How long no program ran, the ledger fills in: only the journal knows.
        ledger(.record(.event(.start(downtime: nil, version: Program.version)), stamp(at: turn.now)), &turn)
        ledger(.record(.event(.configuration(configuration.digest)), stamp(at: turn.now)), &turn)
        room(.start, &turn)
        turn.actions.append(.loadList)
        startRenewal(&turn)
        log(
            .info, "station.start", ["station": "\(configuration.station.id.number)", "version": Program.version], &turn
        )
    }

    mutating func stop(_ turn: inout StationTurn) {
        guard phase == .running else { return }
        phase = .stopping(until: turn.now + Self.stopWithin)
        log(.info, "station.stop", [:], &turn)
        turn.actions.append(.tell(.stopping))
        for index in readers.indices { reader(index, .stop, at: turn.now, &turn) }
        for lane in gantry.laneNumbers {
            // Dark first: what is decided by the stop itself is shown to nobody.
            head(lane, .stop, &turn)
            self.lane(lane, .stop, &turn)
        }
        photos(.stop, &turn)
        ledger(.record(.event(.stop), stamp(at: turn.now)), &turn)
        wake(.own(.housekeeping), at: turn.now + Self.stopWithin)
        finishStop(&turn)
    }

    /// Ends the program once everything is committed, or when the time for it is over.
    mutating func finishStop(_ turn: inout StationTurn) {
        guard case .stopping(let until) = phase, turn.now >= until || ledger.isQuiet else { return }
        phase = .stopped
        turn.actions.append(.stopped)
    }

    mutating func keepHouse(_ turn: inout StationTurn) {
        switch phase {
        case .running:
            turn.actions.append(.readClock)
            wake(.own(.housekeeping), at: turn.now + Self.clockEvery)
            judgeListAge(&turn)
            judgeLines(&turn)
            lookAtPhotos(&turn)
            // A disk that does not answer at all: the road does not wait for it.
            if !desk.hasReaders { startReaders(nil, &turn) }
            if !isDiskHung(at: turn.now) { turn.actions.append(.tell(.alive)) }
        case .stopping: finishStop(&turn)
        case .created, .stopped: break
        }
    }

    /// Whether the disk's worker has not answered for so long that only a new start can help. A failure is an answer.
    private func isDiskHung(at now: Instant) -> Bool { desk.diskAsked.map { now - $0 > Self.diskHung } ?? false }

    /// One look at the civil clock. A step is an event of its own, so that the records around it can be dated.
    mutating func look(_ utc: UTC, _ quality: ClockQuality, _ uncertainty: Interval?, _ turn: inout StationTurn) {
        let expected = clock.utc(at: turn.now)
        let step = Interval.milliseconds(utc.milliseconds - expected.milliseconds)
        let wasGood = clock.clock == .good
        clock = Stamp(at: turn.now, utc: utc, clock: quality)
        alarm(.clockNotGood, on: "", quality != .good, because: "the system does not call it synchronised", &turn)
        guard desk.hasClock else {
            desk.hasClock = true
            return
        }
        let stepped = step > Self.clockTolerance || step < -Self.clockTolerance
        if stepped || (quality == .good && !wasGood) {
            log(.warning, "clock.step", ["by": "\(step.milliseconds) ms", "quality": quality.word], &turn)
            ledger(.record(.event(.clockStep(by: step, uncertainty: uncertainty)), stamp(at: turn.now)), &turn)
        }
    }

    /// Two looks at the clock ten seconds apart differ by less than this unless it was set: slewing is 0.5 ms a second.
    private static let clockTolerance = Interval.milliseconds(200)

    /// Sets or clears an alarm. A change is logged, and recorded as an event.
    mutating func alarm(
        _ alarm: Alarm, on subject: String, _ isSet: Bool, because reason: String = "", _ turn: inout StationTurn
    ) {
        guard let change = desk.alarms.set(alarm, on: subject, isSet, because: reason, at: turn.now) else { return }
        log(
            isSet ? .warning : .info, isSet ? "alarm.set" : "alarm.cleared",
            ["alarm": alarm.rawValue, "subject": subject, "reason": change.entry.reason], &turn)
        let event = StationEvent.degraded(alarm: alarm.rawValue, isSet: isSet, subject: subject)
        // An alarm about the journal comes out of the ledger's own handling: its record waits for the next event.
        desk.alarmRecords.append((event, stamp(at: turn.now)))
    }

    /// Writes the records of alarms that changed.
    mutating func recordAlarms(_ turn: inout StationTurn) {
        while !desk.alarmRecords.isEmpty {
            let (event, stamp) = desk.alarmRecords.removeFirst()
            ledger(.record(.event(event), stamp), &turn)
        }
    }

    func log(
        _ level: LogEntry.Level, _ event: String, _ fields: KeyValuePairs<String, String>, _ turn: inout StationTurn
    ) {
        turn.actions.append(.log(LogEntry(level, event, fields)))
    }
}
