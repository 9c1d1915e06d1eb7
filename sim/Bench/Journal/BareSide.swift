import Devices
import Lane
import Storage

/// The least that makes records durable: one prepared INSERT, SQLite with a write-ahead log and `synchronous=FULL`.
struct BareSide: ~Copyable {
    private let database: Database
    private let insert: Statement
    private let body: [UInt8]

    /// - Parameter bytes: how many each record has.
    init(folder: String, bytes: Int) throws {
        let database = try Database(path: folder + "/bare.sqlite", access: .readWrite)
        try database.execute("PRAGMA journal_mode = WAL")
        try database.execute("PRAGMA synchronous = FULL")
        try database.execute("CREATE TABLE record (sequence INTEGER PRIMARY KEY, body BLOB NOT NULL)")
        let insert = try database.prepare("INSERT INTO record (body) VALUES (?1)")
        self.insert = insert
        self.database = database
        body = (0..<bytes).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    }

    /// Inserts a group in one transaction.
    ///
    /// - Returns: how long it took, the commit included.
    func commitGroup(of count: Int) throws -> Interval {
        let start = MonotonicClock.now()
        let transaction = try Transaction(on: database)
        for _ in 0..<count {
            try insert.bind(1, body)
            try insert.run()
        }
        try transaction.commit()
        return MonotonicClock.now() - start
    }

    func checkpoint() throws { try database.checkpoint() }
}
