import Devices
import Glibc
import Lane
import Station

/// What is done to the programs, and how they come back.
extension Torture {
    /// Between two looks at the station.
    private static let looksEvery = Interval.milliseconds(100)
    /// What could not be committed is, when the station has had this long with room and a processor.
    private static let commitsWithin = Interval.seconds(1)

    mutating func carryOut(_ deed: TortureCourse.Deed) throws {
        let now = MonotonicClock.now()
        switch deed {
        case .kill(let program):
            let since = since(program, now)
            try processes.kill(program)
            try notes.write(.killed(program, since: since.nanoseconds, at: now.nanoseconds))
            goDown(program, now)
        case .start(let program):
            try processes.start(program)
            // The devices are there when they have been told where on the road everybody is.
            if program != .devices { state.down.remove(program) }
        case .pause(let program):
            processes.signal(program, SIGSTOP)
            try notes.write(.paused(program, at: now.nanoseconds))
            state.paused[program] = now
            if program == .station { state.uncommittedSince = min(state.uncommittedSince ?? now, now) }
            state.isRecovering = true
            if program == .devices { state.isBlind = true }
        case .goOn(let program):
            processes.signal(program, SIGCONT)
            let since = state.paused.removeValue(forKey: program)
            state.commitsFrom = now + Self.commitsWithin
            if program == .station, let since, now - since > Self.watchdog { state.stoodTooLong = now }
        case .link(let behaviour):
            if behaviour != .passes { try notes.write(.linked) }
            link.behave(behaviour)
        case .fill:
            guard disk.isMounted else { return }
            try notes.write(.filled)
            state.isDiskFull = true
            state.uncommittedSince = min(state.uncommittedSince ?? now, now)
            try disk.fill()
        case .release:
            try disk.release()
            state.isDiskFull = false
            state.commitsFrom = MonotonicClock.now() + Self.commitsWithin
        }
    }

    /// From when on vehicles may be missing when this program ends now.
    private func since(_ program: Fault.Program, _ now: Instant) -> Instant {
        switch program {
        case .station: state.lost(at: now)
        case .devices: state.paused[.devices] ?? now
        case .central: now
        }
    }

    private mutating func goDown(_ program: Fault.Program, _ now: Instant) {
        state.paused[program] = nil
        state.down.insert(program)
        state.isRecovering = true
        if program != .central { state.isBlind = true }
        if program == .station { state.uncommittedSince = state.isDiskFull ? now : nil }
    }

    /// A program that has ended by itself is started again, as systemd does. Only the station may, and only when it stood still too long.
    mutating func pickUpFallen() throws {
        for program in Fault.Program.allCases where !state.down.contains(program) && processes.hasEnded(program) {
            let now = MonotonicClock.now()
            guard program == .station, let moment = state.stoodTooLong, now - moment < .seconds(15) else {
                throw CommandFailure(.failed, "\(program.words) ended by itself; see \(site.log(program.rawValue))")
            }
            state.stoodTooLong = nil
            try notes.write(.fell(program, since: since(program, now).nanoseconds, at: now.nanoseconds))
            try processes.kill(program)
            goDown(program, now)
            try processes.start(program)
            state.down.remove(program)
        }
    }

    /// Looks whether station, lines, readers, list and journal are as they should be.
    mutating func look() throws {
        let now = MonotonicClock.now()
        guard state.isRecovering || state.isBlind || state.uncommittedSince != nil, now >= state.nextLook else {
            return
        }
        state.nextLook = now + Self.looksEvery
        // One that stands still does not answer, and one that is down is not well.
        guard state.paused[.station] == nil, !state.down.contains(.station) else { return }
        let areDevicesThere = state.paused[.devices] == nil && !state.down.contains(.devices)
        if state.isBlind, areDevicesThere, processes.seesVehicles {
            state.isBlind = false
            try notes.write(.well(at: MonotonicClock.now().nanoseconds))
        }
        if state.isRecovering, !state.isBlind, state.down.isEmpty, state.paused.isEmpty, processes.isReady {
            state.isRecovering = false
        }
        guard state.uncommittedSince != nil, !state.isDiskFull, let from = state.commitsFrom, now >= from else {
            return
        }
        guard let status = processes.status, status.sync != nil else { return }
        if !status.alarms.contains(where: { $0.alarm == Alarm.journalNotWritable.rawValue }) {
            state.uncommittedSince = nil
            state.commitsFrom = nil
        }
    }
}
