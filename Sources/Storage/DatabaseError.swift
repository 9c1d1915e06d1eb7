import CSQLite

/// What SQLite could not do: one line with operation, file, cause and, where there is one, the remedy.
package struct DatabaseError: SyncFailure, Equatable, CustomStringConvertible {
    /// What a caller does something different about.
    package enum Cause: Hashable, Sendable {
        /// The file is no database, or its bytes are not what SQLite wrote: set it aside.
        case damaged
        /// The disk has no room: what is written stays whole, and the same write can be tried again.
        case full
        /// The file or its folder cannot be opened or written by this user.
        case notWritable
        /// Another connection holds the lock.
        case busy
        /// Anything else, the disk's own faults among them.
        case other
    }

    package let cause: Cause
    /// SQLite's extended result code.
    package let code: Int32
    package let operation: String
    package let path: String
    package let message: String

    /// A sync failed: some of what was written may never reach the disk, and no later sync of this connection's would say so.
    package var isFromSync: Bool { code == SQLITE_IOERR | 4 << 8 }

    /// The file has not the tables that it should have: bytes of its schema are damaged.
    package var isAboutSchema: Bool { code == SQLITE_ERROR }

    package var description: String {
        let remedy =
            switch cause {
            case .damaged: "; the file has to be set aside"
            case .full: "; make room on the disk"
            case .notWritable: "; let the station's user write the file and its folder"
            case .busy: "; end the other program that writes this file"
            case .other: ""
            }
        return "\(operation) \(path): \(message) (SQLite \(code))\(remedy)"
    }

    init(code: Int32, operation: String, path: String, message: String) {
        self.code = code
        self.operation = operation
        self.path = path
        self.message = message
        cause =
            switch code & 0xFF {
            case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged
            case SQLITE_FULL: .full
            case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: .notWritable
            case SQLITE_BUSY, SQLITE_LOCKED: .busy
            default: .other
            }
    }

    /// What the connection reports of the call that has just failed on it.
    init(of connection: OpaquePointer?, operation: String) {
        let name = unsafe sqlite3_db_filename(connection, "main").map { unsafe String(cString: $0) }
        unsafe self.init(
            code: sqlite3_extended_errcode(connection), operation: operation, path: name ?? "(no file)",
            message: String(cString: sqlite3_errmsg(connection)))
    }
}
