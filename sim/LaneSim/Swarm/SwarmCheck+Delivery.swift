import Exchange
import Lane
import Sync

/// I2 and I8: the central server has the journal's sequence, each record once and in order; at the end all of it.
extension SwarmCheck {
    mutating func checkDelivery() {
        let delivery = DeliveryCheck(observation)
        gaps = delivery.gaps
        for gap in gaps where gap.lost.reason == .damaged && !damage.mayHaveTaken(from: gap.journal) {
            violate(.i2, "\(gap.lost), and nothing had damaged its journal")
        }
        for one in observation.salvaged where !damage.mayHaveTaken(from: one.fields.journal) {
            violate(.i2, "record \(one.fields.sequence.number) was salvaged, and nobody had sealed it so", at: one.at)
        }
        if delivery.outOfOrder > 0 {
            violate(.i2, "\(delivery.outOfOrder) records at the central server are not the journal's next one")
        }
        for trouble in delivery.ofJournal { violate(.i2, trouble) }
        for journal in journals {
            for (place, index) in journal.records.enumerated() {
                let sequence = observation.records[index].fields.sequence.number
                guard sequence != UInt64(place + 1) else { continue }
                violate(
                    .i2, "record \(sequence) stands where record \(place + 1) should", at: observation.records[index].at
                )
                break
            }
        }
    }

    /// Every vehicle that was decided is one record or one in the count of a gap, but for those of an end.
    mutating func checkOnce() {
        var seen: Set<Witness.PassageKey> = []
        for record in observation.records + observation.salvaged {
            guard let key = record.fields.passageKey, !seen.insert(key).inserted else { continue }
            violate(.i2, "a passage in lane \(key.lane) is in two records", at: Self.elapsed(key.start))
        }
        let gaps = observation.records.reduce(0) { $0 + ($1.fields.type == "gap" ? $1.fields.count ?? 0 : 0) }
        let decided = witness.decided.count
        let mayBeLost = witness.decided.count { $0.isCut || $0.sequence == nil || isExcused($0) }
        let lost = decided - seen.count - gaps
        if lost < 0 { violate(.i2, "\(decided) passages were decided, and there are \(-lost) more in the journal") }
        if lost > mayBeLost {
            violate(
                .i2, "of \(decided) decided passages \(lost) are neither recorded nor in a gap, \(mayBeLost) may be")
        }
    }

    /// Whether damage may have taken a decided passage.
    private func isExcused(_ one: Witness.Decided) -> Bool {
        guard let journal = one.journal, let sequence = one.sequence else { return false }
        return record(journal, sequence)?.type != "passage" && damage.mayHaveTaken(from: journal)
    }

    mutating func checkRest() {
        if let last = journals.last, damage.mayKeepBack(last.id) { return }
        for trouble in observation.troubles { violate(.i8, trouble) }
        guard observation.restedAt != nil else {
            return violate(.i8, "a day after the last fault something is left to do")
        }
        guard let last = journals.last else { return violate(.i8, "there is no record at all") }
        let lines = Set(observation.atCentral)
        let lost = gaps.filter { $0.journal == last.id }.map { $0.lost.first...$0.lost.last }
        let due = observation.records[last.records].filter { record in
            !lost.contains { $0.contains(record.fields.sequence) }
        }
        let missing = due.count { !lines.contains($0.line) }
        if missing > 0 { violate(.i8, "\(missing) records are not at the central server") }
        let photos = Set(observation.photosAtCentral)
        let named = due.flatMap { $0.fields.photos ?? [] }.compactMap(\.digest)
        let waiting = named.count { !photos.contains($0) }
        if waiting > 0 { violate(.i8, "\(waiting) photos are not at the central server") }
    }

    /// I6: what has a limit keeps it.
    mutating func checkLimits() {
        for (limit, most) in witness.most.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let allowed = scenario.site.configurations.map { limit.most($0) }.max() ?? 0
            if most > allowed { violate(.i6, "\(limit.rawValue): \(most), and \(allowed) is the limit") }
        }
    }

    /// I7: a light follows from what is read and seen, in the same turn or when its head has been dark for long enough.
    mutating func checkLights() {
        for light in witness.lateLights {
            violate(.i7, "the head of lane \(light.lane.number): \(light.words)", at: light.at)
        }
    }

    /// I9: one place of a head at a time, none after a stop.
    mutating func checkLamps() {
        for lamp in witness.lamps { violate(.i9, "the head of lane \(lamp.lane.number): \(lamp.words)", at: lamp.at) }
    }
}
