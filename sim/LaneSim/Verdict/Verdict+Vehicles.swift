import Lane
import Lights
import Station

/// Each vehicle: whether it was seen, what became of its tag, and whether decision, light and photos are right.
extension Verdict {
    mutating func judgeVehicles() {
        let matching = PassageMatching(plan, passages, scenario.site.configuration, within: allowance.dating)
        result.invented = matching.invented.map { passages[$0].place }
        let owners = Owners(plan, tags)
        for number in plan.vehicles.indices {
            let own = matching.passages[number].map { passages[$0] }
            result.vehicles[number].hasReadableTag = tags[number].contains { $0.readable == .whole }
            result.vehicles[number].passages = own.map(\.place)
            guard let first = own.first else {
                result.vehicles[number].sight = result.vehicles[number].due.mustBeSeen ? .missed : .excused
                continue
            }
            result.vehicles[number].sight = own.count == 1 ? .seen : .doubled
            judgeTag(number, own, owners)
            judgeDecision(number, first)
            judgeLight(number, matching.passages[number][0])
            judgePhotos(number, own)
        }
        for number in plan.vehicles.indices {
            result.vehicles[number].truth = truth(number)
            result.vehicles[number].because = reason(number, matching)
        }
    }

    private mutating func judgeTag(_ number: Int, _ own: [SeenPassage], _ owners: Owners) {
        let numbers = Set(plan.vehicles[number].tags.indices.compactMap { owners.numbers[number][$0] })
        if let deciding = own[0].decidingTag, !numbers.contains(deciding),
            let owner = owners.nearest(to: plan.vehicles[number].at, with: deciding)
        {
            result.vehicles[number].wasGivenTagOf = owner
            result.vehicles[owner].gaveTagTo = number
            result.vehicles[owner].tag = .swapped
        }
        guard !tags[number].isEmpty, result.vehicles[number].tag == nil else { return }
        if own.contains(where: { $0.tags.contains(where: numbers.contains) }) {
            result.vehicles[number].tag = .read
        } else if own.contains(where: { $0.outcome == .unreadable || $0.outcome == .malformed }) {
            result.vehicles[number].tag = .unreadable
        } else {
            result.vehicles[number].tag = .notHeard
        }
    }

    private mutating func judgeDecision(_ number: Int, _ passage: SeenPassage) {
        let due = result.vehicles[number].due
        guard let outcome = passage.outcome else { return }
        result.vehicles[number].outcome = outcome
        result.vehicles[number].decision =
            if due.outcomes.contains(outcome) { .right } else if due.excusedOutcomes.contains(outcome) {
                .excused
            } else if outcome.isApproval == due.outcome.isApproval {
                .otherwise
            } else { outcome.isApproval ? .tooKind : .tooStrict }
    }

    private mutating func judgeLight(_ number: Int, _ passage: Int) {
        let due = result.vehicles[number].due
        let lit = lights.lit[passage]
        let shown = lit.last?.aspect ?? .dark
        result.vehicles[number].firstLight = lit.first
        result.vehicles[number].lastLight = shown
        let isRight = due.aspects.contains(shown)
        let isKinder = shown.kindness > (due.aspects.first ?? .dark).kindness
        let isExcused = due.excusedAspects.contains(shown)
        result.vehicles[number].light = isRight ? .right : isExcused ? .excused : isKinder ? .tooKind : .tooStrict
    }

    private mutating func judgePhotos(_ number: Int, _ own: [SeenPassage]) {
        guard let lane = scenario.site.configuration.lanes.first(where: { $0.lane == own[0].lane }) else { return }
        let kept = own.flatMap(\.photosKept)
        guard let isDue = result.vehicles[number].due.photo else { return }
        guard isDue else { return result.vehicles[number].photos.notDue = kept.count }
        let taken = lane.geometry.cameras.count { kept.contains($0.name) }
        result.vehicles[number].photos.taken = taken
        result.vehicles[number].photos.missing = lane.geometry.cameras.count - taken
    }
}

/// Which vehicles carry which tag.
struct Owners {
    /// For each vehicle its tags' numbers, readable or not; nil: the text is no number.
    let numbers: [[TagNumber?]]
    private let vehicles: [RoadVehicle]
    private var places: [TagNumber: [Int]] = [:]

    init(_ plan: RoadPlan, _ tags: [[TagTruth]]) {
        vehicles = plan.vehicles
        numbers = tags.map { $0.map { if case .tag(let number) = $0.content { number } else { nil } } }
        for (vehicle, own) in numbers.enumerated() {
            for number in own.compactMap({ $0 }) { places[number, default: []].append(vehicle) }
        }
    }

    /// The vehicle with this tag that came nearest to a moment; nil: none has it.
    func nearest(to moment: Interval, with tag: TagNumber) -> Int? {
        places[tag]?.min {
            (abs((vehicles[$0].at - moment).nanoseconds), $0)
                < (abs((vehicles[$1].at - moment).nanoseconds), $1)
        }
    }
}
