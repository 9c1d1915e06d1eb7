import Lane
import Lights
import Station

/// What the scenario expects, held against what came.
extension Verdict {
    /// Examples beside a figure that is out of bounds.
    private static let mostExamples = 3

    /// Bounds on whole-run figures.
    mutating func checkFigures() {
        for expectation in scenario.expectations {
            let count = count(for: expectation)
            let isWithin =
                expectation.isRate
                ? count.partsPerMillion.map(expectation.bounds.contains) ?? false
                : expectation.bounds.contains(count.count)
            guard !isWithin else { continue }
            let subject = expectation.name.isEmpty ? "the run" : "expectation \(expectation.name)"
            var failure = ExpectationFailure(
                expectation.place, subject,
                expectation.alarm.map { "alarms \($0.rawValue)" } ?? expectation.figure.rawValue,
                expected: expectation.bounds.words(isRate: expectation.isRate),
                came: count.words(asRate: expectation.isRate))
            let examples = examples(of: expectation.figure)
            failure.because = examples.text
            failure.vehicle = examples.first
            result.failures.append(failure)
        }
    }

    private func count(for expectation: Expectation) -> Figures.Count {
        guard let alarm = expectation.alarm else { return result.figures[expectation.figure] }
        return .init(observation.records.count { $0.fields.alarm == alarm.rawValue && $0.fields.set == true })
    }

    /// Vehicles that a figure is about, when they are those that should not be there.
    private func examples(of figure: Figure) -> (text: String, first: Int?) {
        let culprits = result.vehicles.filter { $0.isExample(of: figure) }
        guard let first = culprits.first else { return (inventedExamples(figure), nil) }
        let profile = scenario.site.configuration.lights.profile
        let shown = culprits.prefix(Self.mostExamples).map { vehicle in
            let road = plan.vehicles[vehicle.number]
            let because = vehicle.because.isEmpty ? "" : ", \(vehicle.because)"
            return
                "\(vehicle.name) in lane \(road.lane.number) at \(road.at.words): \(vehicle.words(for: figure, profile))\(because)"
        }
        let rest = culprits.count > shown.count ? ["and \(culprits.count - shown.count) more"] : []
        return ((shown + rest).joined(separator: "; "), first.number)
    }

    private func inventedExamples(_ figure: Figure) -> String {
        guard figure == .vehiclesInvented else { return "" }
        return result.invented.prefix(Self.mostExamples).compactMap(passage(at:)).map { passage in
            "\(passage.name) in lane \(passage.lane.number) at \(passage.start.words)"
        }.joined(separator: "; ")
    }
}

extension VehicleVerdict {
    /// Whether it is one of those for which a figure is worse than it should be.
    fileprivate func isExample(of figure: Figure) -> Bool {
        switch figure {
        case .vehiclesSeen: sight != .seen
        case .vehiclesMissed, .passages: passages.isEmpty
        case .vehiclesExcused: sight == .excused
        case .vehiclesDoubled: sight == .doubled
        case .tagsRead: hasReadableTag && tag != .read
        case .tagsUnreadable: tag == .unreadable
        case .tagsSwapped: wasGivenTagOf != nil
        case .decisionsRight: decision != .right
        case .decisionsTooKind: decision == .tooKind
        case .decisionsTooStrict: decision == .tooStrict
        case .lightsRight: light != .right
        case .lightsTooKind: light == .tooKind
        case .lightsTooStrict: light == .tooStrict
        case .photosTaken, .photosMissing: photos.missing > 0
        case .photosNotDue: photos.notDue > 0
        case .vehicles, .delivered, .outOfOrder, .strayReads, .replayedReads, .vehiclesInvented, .measured, .wrongWay,
            .gaps,
            .alarms, .starts, .clockSteps, .listsInForce, .revised:
            false
        }
    }

    fileprivate func words(for figure: Figure, _ profile: LightProfile) -> String {
        // Whoever was not seen has nothing else that could be told.
        guard !passages.isEmpty else { return "missed" }
        return switch figure {
        case .tagsRead, .tagsUnreadable: "its tag was \(tag?.rawValue ?? "not there")"
        case .tagsSwapped: outcome?.word ?? "not decided"
        case .lightsRight, .lightsTooKind, .lightsTooStrict:
            "should be \(due.outcome.word), and its head showed \(profile.word(for: lastLight)) at last"
        case .photosTaken, .photosMissing: "\(photos.missing) missing"
        case .photosNotDue: "\(photos.notDue) kept"
        case .decisionsRight, .decisionsTooKind, .decisionsTooStrict:
            "should be \(due.outcome.word), came \(outcome?.word ?? "nothing")"
        default: sight.rawValue
        }
    }
}
