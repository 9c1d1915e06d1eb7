import CSQLite

/// One compiled statement. Places of values count from 1, columns from 0, as in SQLite.
///
/// Rows are read between a `step()` that gave true and the `reset()`; a statement that is not reset holds its snapshot of the file.
@safe package struct Statement: ~Copyable {
    private let handle: OpaquePointer

    init(_ sql: String, on connection: OpaquePointer) throws(DatabaseError) {
        var compiled: OpaquePointer?
        let result = unsafe sqlite3_prepare_v3(
            connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &compiled, nil)
        guard result == SQLITE_OK, let compiled = unsafe compiled else {
            throw unsafe DatabaseError(of: connection, operation: "prepare “\(sql.prefix(60))” on")
        }
        unsafe handle = compiled
    }

    deinit { unsafe sqlite3_finalize(handle) }

    /// Binds an integer, or NULL.
    package borrowing func bind(_ place: Int32, _ value: Int64?) throws(DatabaseError) {
        guard let value else { return try check(unsafe sqlite3_bind_null(handle, place)) }
        try check(unsafe sqlite3_bind_int64(handle, place, value))
    }

    /// Binds a copy of the bytes as a blob, or NULL.
    package borrowing func bind(_ place: Int32, _ bytes: [UInt8]?) throws(DatabaseError) {
        guard let bytes else { return try check(unsafe sqlite3_bind_null(handle, place)) }
        try check(
            unsafe bytes.withUnsafeBytes { unsafe bom_bind_blob(handle, place, $0.baseAddress, Int32($0.count)) })
    }

    /// Binds a copy of the text, or NULL.
    package borrowing func bind(_ place: Int32, _ text: String?) throws(DatabaseError) {
        guard var text else { return try check(unsafe sqlite3_bind_null(handle, place)) }
        try check(
            text.withUTF8 { utf8 in
                unsafe utf8.withMemoryRebound(to: CChar.self) {
                    unsafe bom_bind_text(handle, place, $0.baseAddress, Int32($0.count))
                }
            })
    }

    /// Goes to the next row; false when there is none.
    package borrowing func step() throws(DatabaseError) -> Bool {
        switch unsafe sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let error = failure()
            reset()
            throw error
        }
    }

    /// Lets go of the rows, so that the statement can be stepped anew; bound values stay.
    package borrowing func reset() { unsafe sqlite3_reset(handle) }

    /// Carries out a statement that gives no rows, and resets it.
    package borrowing func run() throws(DatabaseError) {
        while try step() {}
        reset()
    }

    /// The column's integer; nil when it is NULL.
    package borrowing func integer(_ column: Int32) -> Int64? {
        guard unsafe sqlite3_column_type(handle, column) != SQLITE_NULL else { return nil }
        return unsafe sqlite3_column_int64(handle, column)
    }

    /// A copy of the column's bytes; nil when it is NULL.
    package borrowing func bytes(_ column: Int32) -> [UInt8]? {
        guard unsafe sqlite3_column_type(handle, column) != SQLITE_NULL else { return nil }
        guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    /// The column's text; nil when it is NULL.
    package borrowing func text(_ column: Int32) -> String? {
        bytes(column).map { String(decoding: $0, as: UTF8.self) }
    }

    private borrowing func check(_ result: Int32) throws(DatabaseError) {
        guard result == SQLITE_OK else { throw failure() }
    }

    private borrowing func failure() -> DatabaseError {
        let sql = unsafe sqlite3_sql(handle).map { unsafe String(cString: $0) } ?? ""
        return unsafe DatabaseError(of: sqlite3_db_handle(handle), operation: "carry out “\(sql.prefix(40))” on")
    }
}
