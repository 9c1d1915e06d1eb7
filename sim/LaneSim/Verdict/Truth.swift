import Lane
import Lights
import Station
import TagReader

/// What each vehicle should come to, from the scenario and the road alone.
struct Truth {
    private let scenario: Scenario
    private let configuration: StationConfiguration
    private let lists: ListTruth
    private let faults: FaultsInForce
    private let heard: HeardTimes

    init(_ scenario: Scenario, _ plan: RoadPlan, _ faults: FaultsInForce, _ allowance: Allowance) {
        self.scenario = scenario
        self.faults = faults
        configuration = scenario.site.configuration
        lists = ListTruth(scenario, traffic: plan.agreements, clockIsGood: allowance.clockIsGood)
        heard = HeardTimes(plan, configuration)
    }

    /// The tags of a vehicle as they truly are, its own first.
    func tags(of vehicle: RoadVehicle) -> [TagTruth] {
        let antenna = configuration.antennas.first { $0.lane == vehicle.lane }
        let rule = antenna.map { configuration.readers[$0.reader].settings.tagText } ?? .printed10or16
        return vehicle.tags.map { TagTruth($0, by: rule) }
    }

    /// What a vehicle should come to.
    func due(for vehicle: RoadVehicle) -> Due {
        let tags = tags(of: vehicle)
        let excuse = faults.excuse(for: vehicle, firstSign: firstSign(of: vehicle))
        var due = Due(outcomes(of: vehicle, tags), cause: "")
        if due.outcomes.count > 1 {
            due.excuse = tags.count > 1 ? "it carries more than one tag" : "a list was being swapped, or the clock set"
        }
        due.cause = excuse?.words ?? cause(vehicle, tags)
        due.mustBeSeen = mustBeSeen(vehicle, tags)
        due.photo = photo(vehicle, tags, due.outcomes)
        due.aspects = aspects(for: vehicle, due)
        guard let excuse else { return due }
        due.excuse = excuse.words
        if excuse.mayBeUnseen { due.mustBeSeen = false }
        if excuse.tagMayBeLost {
            due.excusedOutcomes = [.readerDown, .noTag, .unreadable].filter { !due.outcomes.contains($0) }
            due.tagMayBeLost = true
            due.photo = due.outcome.isApproval ? nil : due.photo
            due.excusedAspects = due.excusedOutcomes.map(configuration.lights.profile.aspect)
        }
        if excuse.lightMayFail { due.excusedAspects.append(.dark) }
        return due
    }

    /// A head tells a driver to go on: one that is known to come the wrong way is told nothing.
    private func aspects(for vehicle: RoadVehicle, _ due: Due) -> [Aspect] {
        if vehicle.isWrongWay, hasTwoDetectors(vehicle.lane) { return [.dark] }
        return due.outcomes.map(configuration.lights.profile.aspect).withoutRepeats
    }

    private func hasTwoDetectors(_ lane: LaneNumber) -> Bool {
        let detectors = configuration.lanes.first { $0.lane == lane }?.geometry.detectors ?? []
        return detectors.contains { $0.position != detectors[0].position }
    }

    /// The first moment at which anything of it could be noticed.
    private func firstSign(of vehicle: RoadVehicle) -> Interval {
        min(vehicle.at, heard[vehicle.number, vehicle.lane]?.lowerBound ?? vehicle.at)
    }

    /// An approved tag decides, its own before another; else its own, else one that cannot be read, else none.
    private func outcomes(of vehicle: RoadVehicle, _ tags: [TagTruth]) -> [Outcome] {
        let moments = [firstSign(of: vehicle), vehicle.leaves]
        let ofTags = tags.filter { $0.readable == .whole }.map { tag -> [Outcome] in
            switch tag.content {
            case .tag(let number): moments.flatMap { lists.outcomes(of: number, at: $0) }.withoutRepeats
            case .malformed: [.malformed]
            case .unreadable: [.unreadable]
            }
        }
        guard !ofTags.isEmpty else { return [tags.contains { $0.readable == .damaged } ? .unreadable : .noTag] }
        let approved = ofTags.filter { $0[0].isApproval }
        guard !approved.isEmpty else { return ofTags.flatMap { $0 }.withoutRepeats }
        return approved.flatMap { $0 }.withoutRepeats
    }

    /// Whether the lane can see it at all: one without a detector sees tags alone.
    private func mustBeSeen(_ vehicle: RoadVehicle, _ tags: [TagTruth]) -> Bool {
        configuration.detectors.contains { $0.lane == vehicle.lane }
            || vehicle.tags.contains { $0.heard + $0.damaged > 0 }
    }

    private func photo(_ vehicle: RoadVehicle, _ tags: [TagTruth], _ outcomes: [Outcome]) -> Bool? {
        guard let lane = configuration.lanes.first(where: { $0.lane == vehicle.lane }) else { return false }
        if lane.photographDeniedBeside, outcomes[0].isApproval, tags.count > 1 {
            let beside = zip(vehicle.tags, tags).filter { $0.0.heard > 0 }.compactMap(\.1.number)
            let isDenied = beside.contains { !lists.outcomes(of: $0, at: vehicle.at)[0].isApproval }
            if isDenied { return true }
        }
        let isDue = outcomes.map { $0.photoIsDue(unjudged: lane.photographUnjudged) }
        return isDue.allSatisfy { $0 == isDue[0] } ? isDue[0] : nil
    }

    private func cause(_ vehicle: RoadVehicle, _ tags: [TagTruth]) -> String {
        var words = [tags.first?.words ?? "no tag"]
        if tags.count > 1 { words.append("another beside it") }
        if let number = tags.first?.number, lists.isOfAnother(number, than: vehicle.plate, at: vehicle.at) {
            words.append("of another vehicle")
        }
        if vehicle.alsoIn != nil { words.append("between two lanes") }
        if vehicle.isWrongWay { words.append("wrong way") }
        return words.joined(separator: ", ")
    }
}

extension Array where Element: Equatable {
    /// Each element where it comes first.
    fileprivate var withoutRepeats: [Element] {
        reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
