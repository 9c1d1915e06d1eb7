import Exchange
import Lane
import Storage

/// What lies beside the records, some at a time, up to the first page that is damaged.
extension DamagedJournal {
    /// The gap that begins there; nil: none does, or it cannot be read.
    func gap(at sequence: Sequence) throws -> SealedRecord? {
        do {
            guard let gap = try lost?.first(from: sequence), gap.sequence == sequence else { return nil }
            return gap
        } catch {
            try Self.pass(error)
            return nil
        }
    }

    /// The next photos that central does not have; none: there are no more.
    func photos(after last: PhotoName?) throws -> [PendingPhoto] {
        var found: [PendingPhoto] = []
        do {
            let rows = try database.prepare(
                """
                SELECT sequence, camera, number, digest, bytes FROM photo
                WHERE \(CheckedTable.photo.isWhole(in: format)) AND refused IS NULL AND (sequence, camera, number) > (?1, ?2, ?3)
                ORDER BY sequence, camera, number LIMIT \(Self.mostAtOnce)
                """)
            try rows.bind(1, last?.sequence.stored ?? 0)
            try rows.bind(2, last?.camera ?? "")
            try rows.bind(3, Int64(last?.number ?? 0))
            while try rows.step() {
                if let photo = PendingPhoto(readFrom: rows) { found.append(photo) }
            }
        } catch {
            try Self.pass(error)
        }
        return found
    }

    /// The next reads that are in no record; none: there are no more.
    func reads(after last: ReadID?) throws -> [ReplayedRead] {
        var found: [ReplayedRead] = []
        do {
            let rows = try database.prepare(
                """
                SELECT \(ReplayedRead.columns) FROM read
                WHERE \(CheckedTable.read.isWhole(in: format)) AND id > ?1 ORDER BY id LIMIT \(Self.mostAtOnce)
                """)
            try rows.bind(1, last?.stored ?? -1)
            while try rows.step() { found.append(ReplayedRead(readFrom: rows)) }
        } catch {
            try Self.pass(error)
        }
        return found
    }
}
