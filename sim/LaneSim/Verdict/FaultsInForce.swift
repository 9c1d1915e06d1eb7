import Lane
import Station

/// Which faults a vehicle met, and what they excuse.
struct FaultsInForce {
    /// How long before a program's end a vehicle may have come whose decision was not committed yet: the longest wait for a late read,
    /// and a commit on a slow disk.
    static let uncommitted = Interval.milliseconds(700)
    /// What a device needs after its fault until everything works again, beside the wait for the next try.
    static let recovery = Interval.seconds(5)
    /// Damaged frames are repeated, and those of one vehicle come within this.
    static let frames = Interval.seconds(10)

    /// A fault that a vehicle met.
    struct Excuse: Hashable {
        let words: String
        /// Its tag may not have been heard: no tag, unreadable or reader down are right as well.
        var tagMayBeLost = false
        /// It may not have been seen, or be seen by its tag alone.
        var mayBeUnseen = false
        /// Its light may not have been shown.
        var lightMayFail = false
    }

    private let scenario: Scenario
    private let configuration: StationConfiguration
    private let downtimes: [Observation.Downtime]

    init(_ scenario: Scenario, downtimes: [Observation.Downtime]) {
        self.scenario = scenario
        configuration = scenario.site.configuration
        self.downtimes = downtimes
    }

    /// The first of the scenario's faults that may have cost this vehicle something; nil: nothing excuses anything.
    func excuse(for vehicle: RoadVehicle, firstSign: Interval) -> Excuse? {
        let lanes = [vehicle.lane] + [vehicle.alsoIn].compactMap { $0 }
        for downtime in downtimes where downtime.program != .central {
            guard downtime.from - Self.uncommitted <= vehicle.leaves,
                firstSign <= downtime.to ?? Interval(nanoseconds: .max)
            else { continue }
            return Excuse(
                words: "\(downtime.program.words) down", tagMayBeLost: true, mayBeUnseen: true, lightMayFail: true)
        }
        return scenario.faults.lazy.compactMap { fault in
            guard let excuse = excuse(fault.deed, in: lanes), isInForce(fault, from: firstSign, to: vehicle.leaves)
            else { return nil }
            return excuse
        }.first
    }

    /// The fault of a camera at a moment at which it should take a photo.
    func cameraFault(_ camera: String, from: Interval, to: Interval) -> String? {
        scenario.faults.first { $0.deed.camera == camera && isInForce($0, from: from, to: to) }?.deed.words
    }

    /// Whether a fault, with the time until all works again, falls into a vehicle's time.
    private func isInForce(_ fault: Fault, from: Interval, to: Interval) -> Bool {
        fault.at - Self.uncommitted <= to && from <= end(of: fault)
    }

    private func end(of fault: Fault) -> Interval {
        switch fault.deed {
        case .framesDamaged, .framesCut, .framesLost, .framesJoined, .framesRepeated, .framesLate:
            return fault.at + Self.frames
        case .readerNoise, .readerReboots: return fault.at + Self.recovery
        case .readerUnplugged, .readerWithoutPower, .readerErrors, .readerBabbles, .detectorStuck, .detectorBounces,
            .linesAway, .linesGarbled, .cameraSlow, .cameraSilent, .cameraRefuses, .cameraSendsRubbish, .centralAway,
            .centralBusy, .networkHangs, .answersLost, .questionsRepeated, .questionsLate, .answersWrong,
            .centralWentBack, .centralAhead, .recordsRejected, .networkSlow, .diskSlow, .diskFull, .diskFails,
            .clockSteps, .clockDrifts, .clockNotGood, .killed, .killedMidway, .powerCut, .stoodStill, .stopped,
            .fileDamaged, .reconfigured:
            break
        }
        guard let lasts = fault.lasts else { return Interval(nanoseconds: .max) }
        let retry = configuration.readers.first { $0.settings.name == fault.deed.reader }?.settings.retryMaximum
        // Waits between tries grow with the time that was tried in vain.
        return fault.at + lasts + min(retry ?? .zero, lasts) + Self.recovery
    }

    private func excuse(_ deed: Fault.Deed, in lanes: [LaneNumber]) -> Excuse? {
        switch deed.subject {
        case .reader(let name):
            let above = configuration.antennas.filter {
                configuration.readers[$0.reader].settings.name == name && lanes.contains($0.lane)
            }
            return above.isEmpty ? nil : Excuse(words: deed.words, tagMayBeLost: true)
        case .detector(let name):
            guard case .detectorStuck = deed else { return nil }
            let isOurs = configuration.detectors.contains { $0.name == name && lanes.contains($0.lane) }
            return isOurs ? Excuse(words: deed.words, mayBeUnseen: true) : nil
        case .lines: return deed == .linesAway ? Excuse(words: deed.words, mayBeUnseen: true, lightMayFail: true) : nil
        case .disk:
            return [.diskFull, .diskFails].contains(deed) ? Excuse(words: deed.words, tagMayBeLost: true) : nil
        case .files, .program(.station), .program(.devices):
            // One that stood still has seen each vehicle, and knows when it came.
            return Excuse(
                words: deed.words, tagMayBeLost: true, mayBeUnseen: deed != .stoodStill, lightMayFail: true)
        case .camera, .central, .clock, .program(.central): return nil
        }
    }
}
