import Exchange
import Lane
import Storage

/// Which stations may deliver: `stations.sqlite`, used by the server and by the commands at the same time. It has no rules of its
/// own: those are `StationEntry`'s.
struct StationRegister: ~Copyable {
    private let database: Database

    /// Opens the register in a folder, and makes it when it is not there.
    init(_ folder: CentralFolder) throws {
        try makeFolder(folder.path)
        // Private from its first byte on: SQLite gives its other files the same mode.
        if FileStamp(of: folder.stations) == nil { try DurableFile.replace(folder.stations, with: [], mode: 0o600) }
        let database = try Database(path: folder.stations, access: .readWrite)
        try database.execute("PRAGMA journal_mode = WAL")
        try database.execute("PRAGMA synchronous = FULL")
        try database.execute(
            "CREATE TABLE IF NOT EXISTS stations (station INTEGER PRIMARY KEY, entry TEXT NOT NULL) STRICT")
        self.database = database
    }

    /// All stations, in the order of their numbers.
    borrowing func entries() throws -> [StationEntry] {
        let rows = try database.prepare("SELECT entry FROM stations ORDER BY station")
        var entries: [StationEntry] = []
        while try rows.step() { entries.append(try StationEntry(json: rows.bytes(0) ?? [])) }
        return entries
    }

    /// What is known of a station; nil: nothing.
    borrowing func entry(of station: StationID) throws -> StationEntry? {
        let row = try database.prepare("SELECT entry FROM stations WHERE station = ?")
        try row.bind(1, Int64(station.number))
        return try row.step() ? StationEntry(json: row.bytes(0) ?? []) : nil
    }

    /// Changes what is known of a station, in one transaction: nobody else changes it meanwhile, and nothing of it is kept when the
    /// closure throws.
    borrowing func change<Result>(
        _ station: StationID, _ body: (inout StationEntry?) throws -> Result
    ) throws -> Result {
        let transaction = try Transaction(on: database)
        var entry = try entry(of: station)
        let result = try body(&entry)
        if let entry {
            let row = try database.prepare("INSERT OR REPLACE INTO stations (station, entry) VALUES (?, ?)")
            try row.bind(1, Int64(station.number))
            try row.bind(2, String(decoding: entry.json, as: UTF8.self))
            try row.run()
        }
        try transaction.commit()
        return result
    }
}
