import Lane

/// What can go wrong, in the words of a `[fault]`, and what has to be said about it.
enum FaultWord: String, CaseIterable, Hashable, Sendable {
    case readerUnplugged, readerWithoutPower, readerReboots, readerErrors, readerNoise, readerBabbles
    case framesDamaged, framesCut, framesLost, framesJoined, framesRepeated, framesLate
    case detectorOccupied, detectorFree, detectorBounces
    case linesAway, linesGarbled
    case cameraSlow, cameraSilent, cameraRefuses, cameraSendsRubbish
    case centralAway, centralBusy, networkSlow, networkHangs
    case answersLost, answersWrong, questionsRepeated, questionsLate
    case centralWentBack, centralAhead, recordsRejected
    case diskSlow, diskFull, diskFails
    case clockSteps, clockDrifts, clockNotGood
    case killed, killedMidway, stopped, stoodStill, powerCut

    /// What `which` names.
    enum Subject: String, Hashable, Sendable {
        case reader, detector, camera, program
    }

    /// What befalls one of several; nil: there is only one.
    var subject: Subject? {
        switch self {
        case .readerUnplugged, .readerWithoutPower, .readerReboots, .readerErrors, .readerNoise, .readerBabbles,
            .framesDamaged, .framesCut, .framesLost, .framesJoined, .framesRepeated, .framesLate:
            .reader
        case .detectorOccupied, .detectorFree, .detectorBounces: .detector
        case .cameraSlow, .cameraSilent, .cameraRefuses, .cameraSendsRubbish: .camera
        case .killed, .stopped: .program
        default: nil
        }
    }

    /// The keys that it needs beside `at` and `which`.
    var needs: [String] {
        switch self {
        case .cameraSlow, .networkSlow, .diskSlow, .clockSteps, .clockDrifts: ["by"]
        case .readerNoise, .framesDamaged, .framesCut, .framesLost, .framesJoined, .framesRepeated, .framesLate,
            .linesGarbled, .centralWentBack, .killedMidway, .powerCut:
            ["count"]
        case .detectorBounces: ["count", "every"]
        default: []
        }
    }

    /// Over in a moment: it has no `for`.
    var isMomentary: Bool {
        switch self {
        case .readerReboots, .readerErrors, .readerNoise, .framesDamaged, .framesCut, .framesLost, .framesJoined,
            .framesRepeated, .framesLate, .linesGarbled, .centralWentBack, .centralAhead, .clockSteps, .killedMidway,
            .powerCut:
            true
        default: false
        }
    }
}

extension FaultSection {
    /// The deed; nil while something that it needs is missing.
    var deed: Fault.Deed? {
        switch what {
        case .readerUnplugged: which.map { .readerUnplugged($0) }
        case .readerWithoutPower: which.map { .readerWithoutPower($0) }
        case .readerReboots: which.map { .readerReboots($0) }
        case .readerErrors: which.map { .readerErrors($0) }
        case .readerNoise: counted { .readerNoise($0, bytes: $1) }
        case .readerBabbles: which.map { .readerBabbles($0) }
        case .framesDamaged: counted { .framesDamaged($0, count: $1) }
        case .framesCut: counted { .framesCut($0, count: $1) }
        case .framesLost: counted { .framesLost($0, count: $1) }
        case .framesJoined: counted { .framesJoined($0, count: $1) }
        case .framesRepeated: counted { .framesRepeated($0, count: $1) }
        case .framesLate: counted { .framesLate($0, count: $1) }
        case .detectorOccupied: which.map { .detectorStuck($0, isOccupied: true) }
        case .detectorFree: which.map { .detectorStuck($0, isOccupied: false) }
        case .detectorBounces:
            every.flatMap { every in counted { .detectorBounces($0, times: $1, every: every) } }
        case .linesAway: .linesAway
        case .linesGarbled: count.map { .linesGarbled(count: $0) }
        case .cameraSlow: which.flatMap { which in by.map { .cameraSlow(which, by: $0) } }
        case .cameraSilent: which.map { .cameraSilent($0) }
        case .cameraRefuses: which.map { .cameraRefuses($0) }
        case .cameraSendsRubbish: which.map { .cameraSendsRubbish($0) }
        case .centralAway: .centralAway
        case .centralBusy: .centralBusy
        case .networkSlow: by.map { .networkSlow(by: $0) }
        case .networkHangs: .networkHangs
        case .answersLost: .answersLost
        case .answersWrong: .answersWrong
        case .questionsRepeated: .questionsRepeated
        case .questionsLate: .questionsLate
        case .centralWentBack: count.map { .centralWentBack(records: $0) }
        case .centralAhead: .centralAhead
        case .recordsRejected: .recordsRejected
        case .diskSlow: by.map { .diskSlow(by: $0) }
        case .diskFull: .diskFull
        case .diskFails: .diskFails
        case .clockSteps: by.map { .clockSteps(by: $0) }
        case .clockDrifts: by.map { .clockDrifts(by: $0) }
        case .clockNotGood: .clockNotGood
        case .killed: which.flatMap(Fault.Program.init).map { .killed($0) }
        case .killedMidway: count.map { .killedMidway(after: $0) }
        case .powerCut: count.map { .powerCut(after: $0) }
        case .stopped: which.flatMap(Fault.Program.init).map { .stopped($0) }
        case .stoodStill: .stoodStill
        case nil: nil
        }
    }

    private func counted(_ deed: (String, Int) -> Fault.Deed) -> Fault.Deed? {
        which.flatMap { which in count.map { deed(which, $0) } }
    }
}
