import CSQLite

/// A connection to one SQLite file. Statements prepared on it may outlive it: SQLite closes the file after the last of them.
@safe package struct Database: ~Copyable {
    /// What the connection may do with the file.
    package enum Access: Hashable, Sendable {
        case readOnly
        /// Reads and writes, and makes the file when there is none.
        case readWrite
    }

    /// How long a call waits for another connection's lock: recovery after a crash takes it for a moment.
    package static let busyWaitMilliseconds: Int32 = 2_000

    /// What stands behind the file's name in that of its write-ahead log.
    package static let logEnding = "-wal"

    /// The write-ahead log of a database's file.
    package static func log(of path: String) -> String { path + logEnding }

    package let path: String
    let connection: OpaquePointer
    private let pages: UnsafeMutablePointer<Int32>

    /// Opens the file. A file that is no database is found out by the first statement, not here.
    ///
    /// - Parameter files: the name of the SQLite file system that has it; nil: SQLite's own.
    package init(path: String, access: Access, files: String? = nil) throws(DatabaseError) {
        let flags =
            switch access {
            case .readOnly: SQLITE_OPEN_READONLY
            case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            }
        var opened: OpaquePointer?
        // NOMUTEX: a connection belongs to one worker's thread.
        var result = unsafe sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX, files)
        if result == SQLITE_OK { result = unsafe Self.defineChecksum(on: opened) }
        guard result == SQLITE_OK, let connection = unsafe opened else {
            let message = unsafe opened == nil ? "out of memory" : String(cString: sqlite3_errmsg(opened))
            // SQLite gives a connection even when it could not open the file.
            let code = unsafe opened == nil ? result : sqlite3_extended_errcode(opened)
            unsafe sqlite3_close_v2(opened)
            throw DatabaseError(code: code, operation: "open", path: path, message: message)
        }
        unsafe sqlite3_extended_result_codes(connection, 1)
        unsafe sqlite3_busy_timeout(connection, Self.busyWaitMilliseconds)
        let pages = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
        unsafe pages.initialize(to: 0)
        unsafe bom_watch_log(connection, pages)
        self.path = path
        unsafe self.connection = connection
        unsafe self.pages = unsafe pages
    }

    deinit {
        // Statements may keep the connection: it must not write there any more.
        unsafe bom_watch_log(connection, nil)
        unsafe sqlite3_close_v2(connection)
        unsafe pages.deallocate()
    }

    /// Carries out SQL that takes no values and whose rows nobody wants.
    package borrowing func execute(_ sql: String) throws(DatabaseError) {
        guard unsafe sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else {
            throw unsafe DatabaseError(of: connection, operation: "carry out “\(sql.prefix(40))” on")
        }
    }

    /// Compiles one statement, to be kept for the life of its owner.
    package borrowing func prepare(_ sql: String) throws(DatabaseError) -> Statement {
        try unsafe Statement(sql, on: connection)
    }

    /// The first integer of the first row, e.g. of a pragma; nil without a row or when it is NULL.
    package borrowing func integer(_ sql: String) throws(DatabaseError) -> Int64? {
        let statement = try prepare(sql)
        return try statement.step() ? statement.integer(0) : nil
    }

    /// How many rows the last INSERT, UPDATE or DELETE changed.
    package borrowing func changes() -> Int { unsafe Int(sqlite3_changes64(connection)) }

    /// How many pages the write-ahead log held after the last commit. SQLite makes no checkpoints of its own: the owner does.
    package var logPages: Int { unsafe Int(pages.pointee) }

    /// From now on closing copies nothing of the log: another connection is to do that from the beginning.
    package borrowing func keepLog() { _ = unsafe bom_keep_log(connection) }

    /// Copies what the write-ahead log holds into the database file, as far as no reader is in the way; never waits for one.
    ///
    /// - Returns: pages in the log, and how many of them are now in the file.
    @discardableResult
    package borrowing func checkpoint() throws(DatabaseError) -> (logged: Int, copied: Int) {
        var logged: Int32 = 0
        var copied: Int32 = 0
        guard
            unsafe sqlite3_wal_checkpoint_v2(connection, nil, SQLITE_CHECKPOINT_PASSIVE, &logged, &copied) == SQLITE_OK
        else { throw unsafe DatabaseError(of: connection, operation: "checkpoint") }
        return (Int(logged), Int(copied))
    }
}
