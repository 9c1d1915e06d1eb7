import Exchange
import Lane
import Station
import Sync

/// The station's own files, damaged while it is stopped.
extension World {
    /// A record that is damaged is one of the last so many: those that the central server may not have.
    private static let lastRecords: UInt64 = 8
    /// So much of a record's beginning is looked for in the file; it names its journal and its sequence.
    private static let beginning = 120

    mutating func damage(_ file: StateFile, _ damage: FileDamage) {
        // A fault that ended meanwhile has started it.
        kill()
        collectHistory()
        let lists = ListFolder(folder: folder.path, name: configuration.central?.list ?? "none", keys: [])
        do {
            let isDamaged =
                switch file {
                case .journal: try storage.lookedAt { try damageJournal(damage) }
                case .list: try damage.strike(lists.inForce, &chance)
                case .listBefore: try damage.strike(lists.previous, &chance)
                }
            guard isDamaged else { return }
            observation.witness.damages.append(
                .init(at: clock.elapsed, file: file, damage: damage, journal: file == .journal ? journal : nil))
            if file == .journal { history.mayBeUnreadable = true }
        } catch {
            // A disk that is full takes nothing from us either.
            return
        }
    }

    private mutating func damageJournal(_ damage: FileDamage) throws -> Bool {
        let path = "\(configuration.station.stateFolder)/\(Journal.name)"
        guard damage == .bitFlipped else {
            // A log without its journal is nothing.
            if damage == .gone { _ = try damage.strike(path + "-wal", on: storage, &chance) }
            return try damage.strike(path, on: storage, &chance)
        }
        guard let record = lastRecord() else { return false }
        let wanted = record.line.body.prefix(Self.beginning)
        guard let place = try FileDamage.bytes(of: path, on: storage).firstRange(of: wanted)?.lowerBound else {
            return false
        }
        return try damage.strike(
            path, at: place + Int(chance.next() % UInt64(wanted.count)), on: storage, &chance)
    }

    /// A sealed record near the end that the central server does not have; else any of the last.
    private mutating func lastRecord() -> SealedRecord? {
        do throws(JournalFailure) {
            let reader = try JournalReader(folder: configuration.station.stateFolder, on: storage)
            let extent = try reader.extent()
            guard let first = extent.first, extent.sealedUpTo >= first else { return nil }
            let least = max(first.number, extent.sealedUpTo.number - min(extent.sealedUpTo.number, Self.lastRecords))
            // A station looks at the last one when it starts: one before it is found by its delivery alone.
            let waiting = max(least, extent.acknowledgedUpTo.number + 1)
            let from = waiting < extent.sealedUpTo.number ? waiting : least
            let sequence = Sequence(from + chance.next() % (extent.sealedUpTo.number - from + 1))
            return try reader.records(from: sequence, most: 1).first
        } catch {
            return nil
        }
    }
}
