import CLMDB
import Devices
import FoundationEssentials
import Glibc
import Lane

/// The same keys and words in LMDB, as it is fastest: integer keys, filled in ascending order so that its pages are full, read in one
/// read-only transaction over a map of the whole file, without read-ahead.
@safe struct LMDBSide: ~Copyable {
    private let environment: OpaquePointer
    private let table: MDB_dbi
    /// The transaction of lookups, while there is one.
    private var reading: OpaquePointer?

    /// Makes the table.
    ///
    /// - Parameters:
    ///   - rows: keys and words, in ascending order of the keys.
    ///   - room: bytes that the file may have.
    init(folder: String, room: Int, _ rows: some Swift.Sequence<(key: UInt64, word: UInt64)>) throws {
        let path = folder + "/lmdb"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        var made: OpaquePointer?
        try Self.check(unsafe mdb_env_create(&made), "create")
        guard let environment = unsafe made else { throw BenchError("lmdb create: no environment") }
        try Self.check(unsafe mdb_env_set_mapsize(environment, room), "set the map's size")
        try Self.check(unsafe mdb_env_open(environment, path, UInt32(MDB_NORDAHEAD), 0o640), "open")
        var table: MDB_dbi = 0
        let writing = try unsafe Self.begin(environment, 0)
        try Self.check(unsafe mdb_dbi_open(writing, nil, UInt32(MDB_INTEGERKEY | MDB_CREATE), &table), "open table")
        for (key, word) in rows { try unsafe Self.put(writing, table, key, word, UInt32(MDB_APPEND)) }
        try Self.check(unsafe mdb_txn_commit(writing), "commit")
        unsafe self.environment = environment
        self.table = table
    }

    deinit {
        if let reading = unsafe reading { unsafe mdb_txn_abort(reading) }
        unsafe mdb_env_close(environment)
    }

    /// Bytes of map that so many rows, and changes to them, have room in.
    static func room(for rows: Int) -> Int { 64 << 20 + rows * 96 }

    /// Begins the transaction that `word` reads in.
    mutating func beginReading() throws {
        guard unsafe reading == nil else { return }
        unsafe reading = try unsafe Self.begin(environment, UInt32(MDB_RDONLY))
    }

    mutating func endReading() {
        guard let transaction = unsafe reading else { return }
        unsafe mdb_txn_abort(transaction)
        unsafe reading = nil
    }

    /// The word of a key; nil when there is none.
    @inline(__always)
    func word(of key: UInt64) -> UInt64? {
        var key = key
        return unsafe withUnsafeMutablePointer(to: &key) { place in
            var name = unsafe MDB_val(mv_size: 8, mv_data: place)
            var value = unsafe MDB_val()
            guard unsafe mdb_get(reading, table, &name, &value) == MDB_SUCCESS else { return nil }
            return unsafe value.mv_data.loadUnaligned(as: UInt64.self)
        }
    }

    /// Changes and removals in one transaction, synced when it returns.
    ///
    /// - Parameter rows: keys with their new word; nil removes.
    func change(_ rows: [(key: UInt64, word: UInt64?)]) throws {
        let writing = try unsafe Self.begin(environment, 0)
        for (key, word) in rows {
            if let word {
                try unsafe Self.put(writing, table, key, word, 0)
            } else {
                var key = key
                let result = unsafe withUnsafeMutablePointer(to: &key) { place in
                    var name = unsafe MDB_val(mv_size: 8, mv_data: place)
                    return unsafe mdb_del(writing, table, &name, nil)
                }
                guard result == MDB_SUCCESS || result == MDB_NOTFOUND else { try Self.check(result, "delete"); return }
            }
        }
        try Self.check(unsafe mdb_txn_commit(writing), "commit")
    }

    private static func begin(_ environment: OpaquePointer, _ flags: UInt32) throws -> OpaquePointer {
        var begun: OpaquePointer?
        try check(unsafe mdb_txn_begin(environment, nil, flags, &begun), "begin")
        guard let begun = unsafe begun else { throw BenchError("lmdb begin: no transaction") }
        return unsafe begun
    }

    private static func put(
        _ transaction: OpaquePointer, _ table: MDB_dbi, _ key: UInt64, _ word: UInt64, _ flags: UInt32
    ) throws {
        var pair = (key, word)
        let result = unsafe withUnsafeMutableBytes(of: &pair) { bytes in
            var name = unsafe MDB_val(mv_size: 8, mv_data: bytes.baseAddress)
            var value = unsafe MDB_val(mv_size: 8, mv_data: bytes.baseAddress?.advanced(by: 8))
            return unsafe mdb_put(transaction, table, &name, &value, flags)
        }
        try check(result, "put")
    }

    private static func check(_ result: Int32, _ operation: String) throws {
        guard result == MDB_SUCCESS else {
            throw unsafe BenchError("lmdb \(operation): \(String(cString: mdb_strerror(result)))")
        }
    }
}
