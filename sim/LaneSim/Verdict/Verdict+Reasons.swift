import Lane
import Station

/// Why a vehicle came to what it came to, in words: what truth and record tell together.
extension Verdict {
    func reason(_ number: Int, _ matching: PassageMatching) -> String {
        let verdict = result.vehicles[number]
        var reasons: [String] = []
        if !verdict.due.excuse.isEmpty, verdict.due.tagMayBeLost || !verdict.due.mustBeSeen {
            reasons.append(verdict.due.excuse)
        }
        if verdict.passages.isEmpty {
            reasons += [unseen(number, matching)].compactMap { $0 }
            return reasons.joined(separator: "; ")
        }
        if let giver = verdict.wasGivenTagOf {
            reasons.append("it was decided by the tag of vehicle \(result.vehicles[giver].name)")
        }
        if let taker = verdict.gaveTagTo {
            reasons.append("its tag decided vehicle \(result.vehicles[taker].name) (\(nameOfRecord(of: taker)))")
        } else if verdict.outcome != verdict.due.outcome {
            reasons += [tagReason(number)].compactMap { $0 }
        }
        return reasons.joined(separator: "; ")
    }

    /// What is known of a vehicle without a passage.
    private func unseen(_ number: Int, _ matching: PassageMatching) -> String? {
        let vehicle = plan.vehicles[number]
        // Another vehicle's passage that lasted beyond this one's arrival: two vehicles were taken for one.
        for other in plan.vehicles where other.number != number {
            for place in matching.passages[other.number] {
                let passage = passages[place]
                guard passage.lane == vehicle.lane, passage.start <= vehicle.at, let end = passage.end,
                    end >= vehicle.at
                else { continue }
                return "it is in the passage of vehicle \(other.name) (\(passage.name), until \(end.words))"
            }
        }
        guard !scenario.site.configuration.detectors.contains(where: { $0.lane == vehicle.lane }) else { return nil }
        return "lane \(vehicle.lane.number) has no detector, and \(tagWords(number))"
    }

    private func tagReason(_ number: Int) -> String? {
        guard let passage = result.vehicles[number].passages.first.flatMap(passage(at:)) else { return nil }
        if passage.fields.reads?.contains(where: { $0.elsewhere == true }) == true {
            return "its tag had decided another vehicle within \(crossLane.words)"
        }
        return tagWords(number)
    }

    private var crossLane: Interval { scenario.site.configuration.lanes.first?.crossLane ?? .zero }

    /// What is true of a vehicle, whatever the station made of it.
    func truth(_ number: Int) -> String {
        guard tags[number].contains(where: { $0.readable == .whole }) else { return tagWords(number) }
        return "\(tagWords(number)) and comes to \(result.vehicles[number].due.outcome.word)"
    }

    /// How often its tag was heard, as it truly was.
    private func tagWords(_ number: Int) -> String {
        guard let tag = plan.vehicles[number].tags.first, let truth = tags[number].first else { return "it has no tag" }
        let heard = tag.heard == 1 ? "once" : "\(tag.heard) times"
        if tag.heard > 0 { return "its tag answered \(heard) (\(truth.words))" }
        let damaged = tag.damaged == 1 ? "once" : "\(tag.damaged) times"
        if tag.damaged > 0 { return "its tag answered damaged, \(damaged) (\(truth.words))" }
        return "its tag never answered (\(truth.words))"
    }

    /// The passage of a record, by its place in the observation.
    func passage(at place: Int) -> SeenPassage? { passageOfRecord[place].map { passages[$0] } }

    func nameOfRecord(of number: Int) -> String {
        result.vehicles[number].passages.first.flatMap(passage(at:))?.name ?? "no record"
    }
}
