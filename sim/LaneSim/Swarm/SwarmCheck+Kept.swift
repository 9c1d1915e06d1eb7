import Exchange
import Lane

/// I3: nothing is deleted before the central server has it and its retention has passed, and no photo is kept that should not be.
extension SwarmCheck {
    mutating func checkDeletion() {
        for one in witness.deleted {
            let retention = configuration(at: one.at).journal.retention
            let accepted = witness.accepted.first { $0.journal == one.journal && $0.upTo >= one.last }
            guard let accepted, accepted.at <= one.at else {
                violate(.i3, "record \(one.last.number) was deleted before the central server had it", at: one.at)
                continue
            }
            let kept = civil(one.at) - leastCivil(from: accepted.at - Self.clockLook, to: one.at)
            guard kept < retention else { continue }
            violate(
                .i3,
                "record \(one.last.number) was deleted \(kept.milliseconds / 60_000) min after the central server had it",
                at: one.at)
        }
    }

    /// The station's civil clock, counted from the world's first moment.
    private func civil(_ moment: Interval) -> Interval {
        moment + (witness.clock.last { $0.at <= moment }?.by ?? .zero)
    }

    /// The earliest that the station's clock said between two moments: it can have noted the acknowledgement then.
    private func leastCivil(from: Interval, to: Interval) -> Interval {
        let steps = witness.clock.filter { from < $0.at && $0.at <= to }
        return steps.map { $0.at + $0.by }.reduce(civil(from)) { min($0, $1) }
    }

    mutating func checkPhotos() {
        var due: Set<Digest> = []
        for record in observation.records where record.fields.type == "passage" {
            let digests = (record.fields.photos ?? []).compactMap(\.digest)
            if record.fields.photosDue == true {
                due.formUnion(digests)
            } else if !digests.isEmpty, record.fields.flags?.contains("recovered") != true {
                violate(.i3, "\(digests.count) photos of a passage that needs none were kept", at: record.at)
            }
            let outcome = record.fields.decision.flatMap { Outcome(word: $0.outcome) }
            let isApproved = outcome?.isApproval == true && record.fields.flags?.contains("deniedBeside") != true
            if isApproved, record.fields.photosDue == true {
                violate(.i3, "the photos of an approved passage are said to be due", at: record.at)
            }
        }
        // At rest no photo waits: what is there is known to no record. One that the disk refused to delete goes at the next start.
        let lastStart = witness.starts.last ?? .zero
        let refused = scenario.faults.contains { $0.deed == .diskFails && $0.at + ($0.lasts ?? .zero) > lastStart }
        if observation.restedAt != nil, journals.count == 1, damage.isNone, !refused, observation.photosLeft > 0 {
            violate(.i3, "\(observation.photosLeft) photos are left on the station's disk that no record waits for")
        }
        // A photo that came after its record was sealed is known by its name alone.
        let late = observation.records.filter { $0.fields.photosDue == true }.flatMap { $0.fields.photos ?? [] }
            .count { $0.missing == PhotoMissing.unsettled.rawValue }
        let strange = observation.photosAtCentral.count { !due.contains($0) }
        if strange > late { violate(.i3, "\(strange) photos at the central server are of no passage that needs one") }
    }
}
