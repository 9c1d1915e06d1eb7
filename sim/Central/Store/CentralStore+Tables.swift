import Storage

extension CentralStore {
    /// Stands in the database's `user_version`.
    static let format: Int64 = 1

    /// Makes the tables of a new file; one that was written by a later program is refused.
    static func makeTables(in database: borrowing Database, path: String) throws {
        let format = try database.integer("PRAGMA user_version") ?? 0
        guard format <= Self.format else { throw Fault.format(format, path: path) }
        guard format == 0 else { return }
        let transaction = try Transaction(on: database)
        try database.execute(
            """
            CREATE TABLE journals (
                id INTEGER PRIMARY KEY, station INTEGER NOT NULL, journal BLOB NOT NULL,
                contiguous INTEGER NOT NULL, digest BLOB NOT NULL, UNIQUE (station, journal)) STRICT;
            CREATE TABLE records (
                journal INTEGER NOT NULL REFERENCES journals, sequence INTEGER NOT NULL, type TEXT NOT NULL,
                digest BLOB NOT NULL, line BLOB NOT NULL, rejected TEXT, PRIMARY KEY (journal, sequence)) STRICT;
            CREATE TABLE photos (
                journal INTEGER NOT NULL, sequence INTEGER NOT NULL, camera TEXT NOT NULL, number INTEGER NOT NULL,
                digest BLOB NOT NULL, bytes INTEGER NOT NULL, path TEXT NOT NULL,
                PRIMARY KEY (journal, sequence, camera, number),
                FOREIGN KEY (journal, sequence) REFERENCES records) STRICT;
            PRAGMA user_version = \(Self.format);
            """)
        try transaction.commit()
    }
}
