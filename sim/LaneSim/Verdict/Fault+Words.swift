extension Fault.Deed {
    /// What people call it; the row of the confusion matrices for vehicles that met it.
    package var words: String {
        switch self {
        case .readerUnplugged: "reader unplugged"
        case .readerWithoutPower: "reader without power"
        case .readerReboots: "reader reboots"
        case .readerNoise: "noise on the reader's line"
        case .readerBabbles: "reader babbles"
        case .framesDamaged: "frames damaged"
        case .framesCut: "frames cut"
        case .framesLost: "frames lost"
        case .detectorStuck(_, let isOccupied): isOccupied ? "detector stuck occupied" : "detector stuck free"
        case .detectorBounces: "detector bounces"
        case .linesAway: "lamps and detectors away"
        case .cameraSlow: "camera slow"
        case .cameraSilent: "camera silent"
        case .cameraRefuses: "camera refuses"
        case .cameraSendsRubbish: "camera sends rubbish"
        case .centralAway: "central server away"
        case .centralBusy: "central server busy"
        case .networkSlow: "network slow"
        case .diskSlow: "disk slow"
        case .diskFull: "disk full"
        case .clockSteps: "clock steps"
        case .clockNotGood: "clock not good"
        case .killed(let program): "\(program.words) killed"
        case .stopped(let program): "\(program.words) stopped"
        }
    }

    /// The reader whose reads it may cost.
    var reader: String? {
        switch self {
        case .readerUnplugged(let name), .readerWithoutPower(let name), .readerReboots(let name),
            .readerNoise(let name, _), .readerBabbles(let name), .framesDamaged(let name, _), .framesCut(let name, _),
            .framesLost(let name, _):
            name
        case .detectorStuck, .detectorBounces, .linesAway, .cameraSlow, .cameraSilent, .cameraRefuses,
            .cameraSendsRubbish, .centralAway, .centralBusy, .networkSlow, .diskSlow, .diskFull, .clockSteps,
            .clockNotGood, .killed, .stopped:
            nil
        }
    }

    /// The camera whose photos it may cost.
    var camera: String? {
        switch self {
        case .cameraSlow(let name, _), .cameraSilent(let name), .cameraRefuses(let name), .cameraSendsRubbish(let name):
            name
        case .readerUnplugged, .readerWithoutPower, .readerReboots, .readerNoise, .readerBabbles, .framesDamaged,
            .framesCut, .framesLost, .detectorStuck, .detectorBounces, .linesAway, .centralAway, .centralBusy,
            .networkSlow, .diskSlow, .diskFull, .clockSteps, .clockNotGood, .killed, .stopped:
            nil
        }
    }

    /// Whether it keeps a new list from the station.
    var delaysLists: Bool {
        switch self {
        case .centralAway, .centralBusy, .networkSlow, .diskSlow, .diskFull, .killed, .stopped: true
        case .readerUnplugged, .readerWithoutPower, .readerReboots, .readerNoise, .readerBabbles, .framesDamaged,
            .framesCut, .framesLost, .detectorStuck, .detectorBounces, .linesAway, .cameraSlow, .cameraSilent,
            .cameraRefuses, .cameraSendsRubbish, .clockSteps, .clockNotGood:
            false
        }
    }
}
