import CSQLite

/// A write transaction from `BEGIN IMMEDIATE` to `commit()`; one that is let go of without a commit is rolled back.
@safe package struct Transaction: ~Copyable {
    private let connection: OpaquePointer

    /// Begins at once, so that a lock held by another is found out before any work is done.
    package init(on database: borrowing Database) throws(DatabaseError) {
        try database.execute("BEGIN IMMEDIATE")
        unsafe connection = database.connection
    }

    /// Makes everything since the beginning durable, or throws with nothing of it done.
    package consuming func commit() throws(DatabaseError) {
        guard unsafe sqlite3_exec(connection, "COMMIT", nil, nil, nil) == SQLITE_OK else {
            throw unsafe DatabaseError(of: connection, operation: "commit to")
        }
    }

    deinit {
        // After a commit, and after some failures, there is none any more.
        if unsafe sqlite3_get_autocommit(connection) == 0 {
            unsafe sqlite3_exec(connection, "ROLLBACK", nil, nil, nil)
        }
    }
}
