import Lane
import Storage

/// The same keys and words in SQLite, as it is fastest: the key is the row's number, the whole file is mapped, and lookups are one
/// prepared statement inside one transaction.
struct SQLiteSide: ~Copyable {
    private let database: Database
    private let select: Statement

    /// Makes the table.
    ///
    /// - Parameter rows: keys and words, in ascending order of the keys.
    init(folder: String, _ rows: some Swift.Sequence<(key: UInt64, word: UInt64)>) throws {
        let database = try Database(path: folder + "/list.sqlite", access: .readWrite)
        try database.execute("PRAGMA journal_mode = OFF")
        try database.execute("PRAGMA synchronous = OFF")
        try database.execute("CREATE TABLE agreement (tag INTEGER PRIMARY KEY, word INTEGER NOT NULL)")
        let insert = try database.prepare("INSERT INTO agreement (tag, word) VALUES (?1, ?2)")
        let filling = try Transaction(on: database)
        for (key, word) in rows {
            try insert.bind(1, Int64(bitPattern: key))
            try insert.bind(2, Int64(bitPattern: word))
            try insert.run()
        }
        try filling.commit()
        try database.execute("PRAGMA mmap_size = 2000000000")
        select = try database.prepare("SELECT word FROM agreement WHERE tag = ?1")
        self.database = database
    }

    func beginReading() throws { try database.execute("BEGIN") }
    func endReading() throws { try database.execute("COMMIT") }

    /// The word of a key; nil when there is none.
    @inline(__always)
    func word(of key: UInt64) throws(DatabaseError) -> UInt64? {
        try select.bind(1, Int64(bitPattern: key))
        guard try select.step() else {
            select.reset()
            return nil
        }
        let word = select.integer(0).map { UInt64(bitPattern: $0) }
        select.reset()
        return word
    }
}
