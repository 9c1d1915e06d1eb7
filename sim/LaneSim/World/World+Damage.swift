import Exchange
import Lane
import Station
import Storage
import Sync

/// The station's own files, damaged while it is stopped.
extension World {
    /// A record that is damaged is one of the last so many: those that the central server may not have.
    private static let lastRecords: UInt64 = 8
    /// So much of a record's beginning is looked for in the file; it names its journal and its sequence.
    private static let beginning = 120
    /// The log's own header.
    private static let logHeader = 32

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
        let kind = chance.next() % 3
        if kind == 0, try damageRow(in: path) { return true }
        if kind == 1, try damageLog(Database.log(of: path)) { return true }
        return try damageRecord(in: path)
    }

    /// One value in a row that is not sealed.
    private mutating func damageRow(in path: String) throws -> Bool {
        let changes = [
            "journal SET acknowledged = acknowledged + 1",
            "record SET complete = 1 - complete WHERE digest IS NULL AND sequence = (SELECT max(sequence) FROM record)",
            "read SET at = at + 1 WHERE id = (SELECT max(id) FROM read)",
            "reader SET digit = digit + 1 WHERE name = (SELECT min(name) FROM reader)",
            "photo SET bytes = bytes + 1 WHERE sequence = (SELECT min(sequence) FROM photo)",
            "acknowledgement SET upto = upto + 1 WHERE hour = (SELECT max(hour) FROM acknowledgement)",
        ]
        guard storage.size(of: path) ?? 0 > 0 else { return false }
        let database = try Database(path: path, access: .readWrite, files: storage.databases)
        database.keepLog()
        try database.execute("UPDATE \(changes[Int(chance.next() % UInt64(changes.count))])")
        return database.changes() > 0
    }

    /// One bit of the log, before its last commits: nobody can tell damage of those from a power cut.
    private mutating func damageLog(_ log: String) throws -> Bool {
        let whole = try FileDamage.bytes(of: log, on: storage)
        guard whole.count > Self.logHeader else { return false }
        let place = Self.logHeader + Int(chance.next() % UInt64(whole.count - Self.logHeader))
        guard try FileDamage.bitFlipped.strike(log, at: place, on: storage, &chance) else { return false }
        if try LogDamage(ofLog: log, on: storage) != nil { return true }
        try DurableFile.replace(log, with: whole, on: storage)
        return false
    }

    private mutating func damageRecord(in path: String) throws -> Bool {
        guard let record = lastRecord() else { return false }
        let wanted = record.line.body.prefix(Self.beginning)
        guard let place = try FileDamage.bytes(of: path, on: storage).firstRange(of: wanted)?.lowerBound else {
            return false
        }
        return try FileDamage.bitFlipped.strike(
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
