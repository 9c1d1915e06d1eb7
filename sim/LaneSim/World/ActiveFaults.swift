import Lane

/// What is wrong at the moment, as devices and workers meet it.
struct ActiveFaults {
    private var deeds: [(number: Int, deed: Fault.Deed)] = []

    mutating func begin(_ number: Int, _ deed: Fault.Deed) { deeds.append((number, deed)) }

    mutating func end(_ number: Int) { deeds.removeAll { $0.number == number } }

    private func has(_ deed: Fault.Deed) -> Bool { deeds.contains { $0.deed == deed } }

    var devicesAreDown: Bool { has(.killed(.devices)) || has(.stopped(.devices)) }
    var centralIsDown: Bool { has(.killed(.central)) || has(.stopped(.central)) }
    var centralIsAway: Bool { has(.centralAway) }
    var centralIsBusy: Bool { has(.centralBusy) }
    var networkHangs: Bool { has(.networkHangs) }
    var answersAreLost: Bool { has(.answersLost) }
    var questionsAreRepeated: Bool { has(.questionsRepeated) }
    var questionsAreLate: Bool { has(.questionsLate) }
    var answersAreWrong: Bool { has(.answersWrong) }
    var recordsAreRejected: Bool { has(.recordsRejected) }
    var linesAreAway: Bool { has(.linesAway) || devicesAreDown }
    var diskIsFull: Bool { has(.diskFull) }
    var diskFails: Bool { has(.diskFails) }
    var listTrouble: VirtualListDisk.Trouble? { diskIsFull ? .isFull : diskFails ? .fails : nil }
    var clockIsGood: Bool { !has(.clockNotGood) }

    func isUnplugged(_ reader: String) -> Bool { devicesAreDown || has(.readerUnplugged(reader)) }
    func isWithoutPower(_ reader: String) -> Bool { devicesAreDown || has(.readerWithoutPower(reader)) }

    var networkDelay: Interval {
        deeds.reduce(.zero) { sum, one in if case .networkSlow(let by) = one.deed { sum + by } else { sum } }
    }

    var diskDelay: Interval {
        deeds.reduce(.zero) { sum, one in if case .diskSlow(let by) = one.deed { sum + by } else { sum } }
    }

    func delay(of camera: String) -> Interval {
        deeds.reduce(.zero) { sum, one in
            if case .cameraSlow(camera, let by) = one.deed { sum + by } else { sum }
        }
    }

    func isSilent(_ camera: String) -> Bool { devicesAreDown || has(.cameraSilent(camera)) }
    func refuses(_ camera: String) -> Bool { has(.cameraRefuses(camera)) }
    func sendsRubbish(_ camera: String) -> Bool { has(.cameraSendsRubbish(camera)) }

    /// What a stuck detector says; nil: what it sees.
    func stuckLevel(of detector: String) -> Bool? {
        for one in deeds.reversed() {
            if case .detectorStuck(detector, let isOccupied) = one.deed { return isOccupied }
        }
        return nil
    }

    /// How often each edge comes, and how far apart; nil: once.
    func bouncing(_ detector: String) -> (times: Int, every: Interval)? {
        for one in deeds.reversed() {
            if case .detectorBounces(detector, let times, let every) = one.deed { return (times, every) }
        }
        return nil
    }
}
