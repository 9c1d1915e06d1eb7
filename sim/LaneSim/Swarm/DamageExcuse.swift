import Exchange
import Lane

/// What damage to a station's own files may cost. This is the one place that excuses anything; all else holds as without damage.
///
/// * A journal whose file was damaged may lose what was not sealed by then, and what was written to it later: of no other journal
///   anything. What was sealed was read before, and has to be what the central server has.
/// * What of it cannot be delivered is declared by a gap. What it still has may wait for ever, as long as an alarm says so.
/// * What is lost has to be shown: by an alarm, or by the new journal that was begun. Nobody can know of a journal that is gone.
struct DamageExcuse {
    /// Reads and open passages stand in no sealed record for so long at the most.
    private static let unsealed = Interval.minutes(12)

    /// From which moment on which journal may lose something, and until when it was written to.
    private var spans: [JournalID: (from: Interval, until: Interval)] = [:]
    private let standing: Set<String>
    /// Journals of which something is missing that was excused.
    private(set) var used: Set<JournalID> = []

    init(_ observation: Observation) {
        let witness = observation.witness
        for damage in witness.damages {
            guard let journal = damage.journal, spans[journal] == nil else { continue }
            let next = witness.opened.first { $0.at > damage.at && $0.journal != journal }
            spans[journal] = (damage.at - Self.unsealed, next?.at ?? Interval(nanoseconds: .max))
        }
        var standing: Set<String> = []
        for entry in observation.log.map(\.entry) {
            guard let alarm = entry["alarm"], let subject = entry["subject"] else { continue }
            if entry.event == "alarm.set" { standing.insert(alarm + subject) }
            if entry.event == "alarm.cleared" { standing.remove(alarm + subject) }
        }
        self.standing = standing
    }

    var isNone: Bool { spans.isEmpty }

    func mayHaveTaken(from journal: JournalID) -> Bool { spans[journal] != nil }

    /// The same, of something that is missing.
    mutating func excuses(_ journal: JournalID) -> Bool {
        guard spans[journal] != nil else { return false }
        used.insert(journal)
        return true
    }

    /// Whether what was written at a moment may have been in such a journal.
    func excusesWhatWasWritten(at moment: Interval) -> Bool {
        spans.values.contains { $0.from <= moment && moment <= $0.until }
    }

    /// Whether a journal may keep records and photos for ever: it is damaged, and that is shown.
    func mayKeepBack(_ journal: JournalID) -> Bool {
        spans[journal] != nil
            && !standing.isDisjoint(with: [
                "journalDamagedrecords", "journalDamagedphotos", "centralUnreachablephotos", "journalNotWritable",
            ])
    }
}

/// I10: damage is found and shown.
extension SwarmCheck {
    private static let shownBy = [
        "journalSetAside", "journalDamaged", "journalReplaced", "journalNotWritable", "recordsLost",
    ]

    mutating func checkDamage() {
        for reader in Set(witness.uncounted).sorted() {
            violate(.i10, "frames of \(reader) were damaged, and not half of them are counted")
        }
        for one in witness.damages {
            // What nobody can know of: a file that is not there, and what a person keeps for going back.
            guard one.damage != .gone, one.file != .listBefore else { continue }
            let wasShown = observation.log.contains { line in
                guard line.at >= one.at else { return false }
                switch one.file {
                case .journal: return line.entry["alarm"].map { Self.shownBy.contains($0) } ?? false
                case .list: return line.entry["alarm"] == "listDamaged" || line.entry.event == "list.inForce"
                case .listBefore: return true
                }
            }
            let isNeeded = one.journal.map { damage.used.contains($0) } ?? true
            if isNeeded, !wasShown { violate(.i10, "damage of the \(one.file.words) is shown nowhere", at: one.at) }
        }
    }
}
