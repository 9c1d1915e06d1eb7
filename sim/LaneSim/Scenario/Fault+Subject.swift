extension Fault.Deed {
    /// What it befalls.
    enum Subject: Hashable, Sendable {
        case reader(String)
        case detector(String)
        case lines
        case camera(String)
        /// The central server, or the way to it.
        case central
        case disk
        /// The station's own files.
        case files
        case clock
        case program(Fault.Program)
    }

    /// What it befalls.
    var subject: Subject {
        switch self {
        case .readerUnplugged(let name), .readerWithoutPower(let name), .readerReboots(let name),
            .readerErrors(let name), .readerNoise(let name, _), .readerBabbles(let name), .framesDamaged(let name, _),
            .framesCut(let name, _), .framesLost(let name, _), .framesJoined(let name, _),
            .framesRepeated(let name, _), .framesLate(let name, _):
            .reader(name)
        case .detectorStuck(let name, _), .detectorBounces(let name, _, _): .detector(name)
        case .linesAway, .linesGarbled: .lines
        case .cameraSlow(let name, _), .cameraSilent(let name), .cameraRefuses(let name), .cameraSendsRubbish(let name):
            .camera(name)
        case .centralAway, .centralBusy, .networkHangs, .answersLost, .questionsRepeated, .questionsLate, .answersWrong,
            .centralWentBack, .centralAhead, .recordsRejected, .networkSlow:
            .central
        case .diskSlow, .diskFull, .diskFails: .disk
        case .fileDamaged: .files
        case .clockSteps, .clockDrifts, .clockNotGood: .clock
        case .killed(let program), .stopped(let program): .program(program)
        case .killedMidway, .powerCut, .stoodStill, .reconfigured: .program(.station)
        }
    }

    /// The reader whose reads it may cost.
    var reader: String? { if case .reader(let name) = subject { name } else { nil } }

    /// The camera whose photos it may cost.
    var camera: String? { if case .camera(let name) = subject { name } else { nil } }

    /// The file that it damages; nil: none.
    var damagedFile: StateFile? { if case .fileDamaged(let file, _) = self { file } else { nil } }

    /// Whether it is over in a moment, what follows from it aside.
    var isMomentary: Bool {
        switch self {
        case .readerReboots, .readerErrors, .readerNoise, .framesDamaged, .framesCut, .framesLost, .framesJoined,
            .framesRepeated, .framesLate, .linesGarbled, .centralWentBack, .centralAhead, .clockSteps, .killedMidway,
            .powerCut, .fileDamaged, .reconfigured:
            true
        case .readerUnplugged, .readerWithoutPower, .readerBabbles, .detectorStuck, .detectorBounces, .linesAway,
            .cameraSlow, .cameraSilent, .cameraRefuses, .cameraSendsRubbish, .centralAway, .centralBusy, .networkHangs,
            .answersLost, .questionsRepeated, .questionsLate, .answersWrong, .recordsRejected, .networkSlow, .diskSlow,
            .diskFull, .diskFails, .clockDrifts, .clockNotGood, .killed, .stoodStill, .stopped:
            false
        }
    }

    /// Whether it keeps a new list from the station.
    var delaysLists: Bool {
        switch self {
        case .centralAway, .centralBusy, .networkHangs, .answersLost, .questionsLate, .answersWrong, .networkSlow,
            .diskSlow, .diskFull, .diskFails, .killed, .killedMidway, .powerCut, .stoodStill, .stopped, .fileDamaged,
            .reconfigured:
            true
        case .readerUnplugged, .readerWithoutPower, .readerReboots, .readerErrors, .readerNoise, .readerBabbles,
            .framesDamaged, .framesCut, .framesLost, .framesJoined, .framesRepeated, .framesLate, .detectorStuck,
            .detectorBounces, .linesAway, .linesGarbled, .cameraSlow, .cameraSilent, .cameraRefuses,
            .cameraSendsRubbish, .questionsRepeated, .centralWentBack, .centralAhead, .recordsRejected, .clockSteps,
            .clockDrifts, .clockNotGood:
            false
        }
    }
}
