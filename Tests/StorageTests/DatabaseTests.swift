import TestSupport
import Testing

@testable import Storage

@Suite struct DatabaseTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    @Test func `what was bound comes back, empty and NULL told apart`() throws {
        let database = try Database(path: folder / "a.sqlite", access: .readWrite)
        try database.execute("CREATE TABLE t (a INTEGER, b BLOB, c TEXT) STRICT")
        let insert = try database.prepare("INSERT INTO t VALUES (?1, ?2, ?3)")
        for (a, b, c) in [(Int64.min, [UInt8]([0, 255]), "bøm"), (nil, [], ""), (7, nil, nil)]
            as [(Int64?, [UInt8]?, String?)]
        {
            try insert.bind(1, a)
            try insert.bind(2, b)
            try insert.bind(3, c)
            try insert.run()
            #expect(database.changes() == 1)
        }
        let select = try database.prepare("SELECT a, b, c FROM t ORDER BY rowid")
        #expect(try select.step())
        #expect(select.integer(0) == .min && select.bytes(1) == [0, 255] && select.text(2) == "bøm")
        #expect(try select.step())
        #expect(select.integer(0) == nil && select.bytes(1) == [] && select.text(2) == "")
        #expect(try select.step())
        #expect(select.integer(0) == 7 && select.bytes(1) == nil && select.text(2) == nil)
        #expect(try !select.step())
    }

    @Test func `a transaction that is let go of leaves nothing`() throws {
        let database = try Database(path: folder / "a.sqlite", access: .readWrite)
        try database.execute("CREATE TABLE t (a INTEGER PRIMARY KEY)")
        do {
            let transaction = try Transaction(on: database)
            try database.execute("INSERT INTO t VALUES (1)")
            _ = transaction
        }
        #expect(try database.integer("SELECT count(*) FROM t") == 0)
        let transaction = try Transaction(on: database)
        try database.execute("INSERT INTO t VALUES (1)")
        try transaction.commit()
        #expect(try database.integer("SELECT count(*) FROM t") == 1)
    }

    @Test func `a file that is no database is called damaged, a folder that is none not writable`() throws {
        try DurableFile.replace(folder / "noise", with: [UInt8](repeating: 0x41, count: 5_000))
        let noise = try Database(path: folder / "noise", access: .readWrite)
        let damaged = #expect(throws: DatabaseError.self) { try noise.integer("SELECT count(*) FROM sqlite_schema") }
        #expect(damaged?.cause == .damaged)
        let nowhere = #expect(throws: DatabaseError.self) {
            _ = try Database(path: folder / "none/a.sqlite", access: .readWrite)
        }
        #expect(nowhere?.cause == .notWritable)
        #expect(
            nowhere?.description
                == "open \(folder / "none/a.sqlite"): unable to open database file (SQLite 14); "
                + "let the station's user write the file and its folder")
    }

    @Test func `a statement that breaks a rule says what and where`() throws {
        let database = try Database(path: folder / "a.sqlite", access: .readWrite)
        try database.execute("CREATE TABLE t (a INTEGER PRIMARY KEY)")
        let insert = try database.prepare("INSERT INTO t VALUES (1)")
        try insert.run()
        let error = #expect(throws: DatabaseError.self) { try insert.run() }
        #expect(error?.message == "UNIQUE constraint failed: t.a")
        #expect(error?.cause == .other)
    }

    @Test func `a second writer is told busy`() throws {
        let one = try Database(path: folder / "a.sqlite", access: .readWrite)
        let two = try Database(path: folder / "a.sqlite", access: .readWrite)
        try two.execute("PRAGMA busy_timeout = 0")
        let transaction = try Transaction(on: one)
        let error = #expect(throws: DatabaseError.self) { _ = try Transaction(on: two) }
        #expect(error?.cause == .busy)
        _ = transaction
    }
}
