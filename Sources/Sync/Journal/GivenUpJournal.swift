import Exchange
import Lane
import Storage

/// A journal that a running program gave up for the one that says so: what was open in it went over to that one.
package struct GivenUpJournal: Hashable, Sendable {
    package let journal: JournalID
    /// When; nil: the clock was not good.
    package let at: UTC?

    init(journal: JournalID, at: UTC?) {
        self.journal = journal
        self.at = at
    }

    /// All that a journal says of, the last one last.
    static func all(in database: borrowing Database) throws(JournalFailure) -> [GivenUpJournal] {
        do {
            let format = try JournalSchema.format(of: database)
            guard format > 2 else { return [] }
            let isWhole = CheckedTable.givenUp.isWhole(in: format)
            let rows = try database.prepare("SELECT id, at FROM givenUp WHERE \(isWhole) ORDER BY rowid")
            var all: [GivenUpJournal] = []
            while try rows.step() {
                guard let id = rows.bytes(0).flatMap({ JournalID(stored: $0) }) else { continue }
                all.append(GivenUpJournal(journal: id, at: rows.integer(1).map { UTC(milliseconds: $0) }))
            }
            return all
        } catch {
            throw JournalFailure(because: error)
        }
    }

    func write(into database: borrowing Database) throws(DatabaseError) {
        let row = try database.prepare(
            "INSERT OR REPLACE INTO givenUp (id, at, sum) VALUES (?1, ?2, \(CheckedTable.givenUp.checksum("?1, ?2")))")
        try row.bind(1, journal.stored)
        try row.bind(2, at?.milliseconds)
        try row.run()
    }
}
