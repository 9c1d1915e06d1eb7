extension Fault.Deed {
    /// What people call it; the row of the confusion matrices for vehicles that met it.
    package var words: String {
        switch self {
        case .readerUnplugged: "reader unplugged"
        case .readerWithoutPower: "reader without power"
        case .readerReboots: "reader reboots"
        case .readerErrors: "reader reports an error"
        case .readerNoise: "noise on the reader's line"
        case .readerBabbles: "reader babbles"
        case .framesDamaged: "frames damaged"
        case .framesCut: "frames cut"
        case .framesLost: "frames lost"
        case .detectorStuck(_, let isOccupied): isOccupied ? "detector stuck occupied" : "detector stuck free"
        case .detectorBounces: "detector bounces"
        case .linesAway: "lamps and detectors away"
        case .linesGarbled: "lines garbled"
        case .cameraSlow: "camera slow"
        case .cameraSilent: "camera silent"
        case .cameraRefuses: "camera refuses"
        case .cameraSendsRubbish: "camera sends rubbish"
        case .centralAway: "central server away"
        case .centralBusy: "central server busy"
        case .networkHangs: "network hangs"
        case .answersLost: "answers lost"
        case .questionsRepeated: "questions repeated"
        case .questionsLate: "questions late"
        case .answersWrong: "answers wrong"
        case .centralWentBack: "central server went back"
        case .centralAhead: "central server ahead"
        case .recordsRejected: "records rejected"
        case .networkSlow: "network slow"
        case .diskSlow: "disk slow"
        case .diskFull: "disk full"
        case .diskFails: "disk fails"
        case .clockSteps: "clock steps"
        case .clockDrifts: "clock drifts"
        case .clockNotGood: "clock not good"
        case .killed(let program): "\(program.words) killed"
        case .killedMidway: "the station killed midway"
        case .powerCut: "the station's power cut"
        case .stopped(let program): "\(program.words) stopped"
        }
    }

    /// The reader whose reads it may cost.
    var reader: String? {
        switch self {
        case .readerUnplugged(let name), .readerWithoutPower(let name), .readerReboots(let name),
            .readerErrors(let name), .readerNoise(let name, _), .readerBabbles(let name), .framesDamaged(let name, _),
            .framesCut(let name, _),
            .framesLost(let name, _):
            name
        default: nil
        }
    }

    /// The camera whose photos it may cost.
    var camera: String? {
        switch self {
        case .cameraSlow(let name, _), .cameraSilent(let name), .cameraRefuses(let name), .cameraSendsRubbish(let name):
            name
        default: nil
        }
    }

    /// Whether it keeps a new list from the station.
    var delaysLists: Bool {
        switch self {
        case .centralAway, .centralBusy, .networkHangs, .answersLost, .questionsLate, .answersWrong, .networkSlow,
            .diskSlow, .diskFull, .diskFails, .killed, .killedMidway, .powerCut, .stopped:
            true
        default: false
        }
    }
}
