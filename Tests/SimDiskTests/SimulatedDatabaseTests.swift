import Glibc
import SimDisk
import Storage
import Testing

/// SQLite itself on the simulated disk.
@Suite struct SimulatedDatabaseTests {
    private func open(_ disk: SimulatedDisk, _ access: Database.Access = .readWrite) throws(DatabaseError) -> Database {
        try Database(path: "/t.sqlite", access: access, files: disk.databases)
    }

    /// Rows 1, 2, 3, …: one a commit, with a checkpoint now and then; how many commits returned.
    private func fill(_ disk: SimulatedDisk, _ rows: Int) -> Int {
        var committed = 0
        do throws(DatabaseError) {
            let database = try open(disk)
            try database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
            try database.execute("CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY, body BLOB)")
            let first = try Int(database.integer("SELECT coalesce(max(n), 0) FROM t") ?? 0)
            committed = first
            let insert = try database.prepare("INSERT INTO t VALUES (?1, randomblob(300 * (?1 % 11)))")
            while committed < first + rows {
                let transaction = try Transaction(on: database)
                try insert.bind(1, Int64(committed + 1))
                try insert.run()
                try transaction.commit()
                committed += 1
                if committed % 4 == 0 { try database.checkpoint() }
            }
        } catch {
            return committed
        }
        return committed
    }

    private func check(_ disk: SimulatedDisk, has rows: Int, _ words: Comment) throws {
        let database = try open(disk)
        let check = try database.prepare("PRAGMA integrity_check")
        #expect(try check.step())
        #expect(check.text(0) == "ok", words)
        // One that was under way may be there too.
        guard try database.integer("SELECT count(*) FROM sqlite_schema WHERE name = 't'") == 1 else {
            #expect(rows == 0, words)
            return
        }
        let count = try Int(database.integer("SELECT count(*) FROM t") ?? 0)
        #expect(count == rows || count == rows + 1, words)
        #expect(try database.integer("SELECT coalesce(max(n), 0) FROM t") == Int64(count), words)
    }

    @Test func `a database is written and read by several connections`() throws {
        let disk = SimulatedDisk(seed: 1)
        #expect(fill(disk, 20) == 20)
        let writer = try open(disk)
        let reader = try open(disk, .readOnly)
        #expect(try reader.integer("SELECT count(*) FROM t") == 20)
        #expect(disk.names(in: "/") == ["t.sqlite", "t.sqlite-wal"])
        do {
            let transaction = try Transaction(on: writer)
            try writer.execute("INSERT INTO t VALUES (21, NULL)")
            #expect(try reader.integer("SELECT count(*) FROM t") == 20)
            let other = try open(disk)
            let error = #expect(throws: DatabaseError.self) { try other.execute("BEGIN IMMEDIATE") }
            #expect(error?.cause == .busy)
            try transaction.commit()
        }
        #expect(try reader.integer("SELECT count(*) FROM t") == 21)
    }

    @Test func `a killed program leaves what it committed, and its connections are dead`() throws {
        let disk = SimulatedDisk(seed: 2)
        let database = try open(disk)
        try database.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (n INTEGER PRIMARY KEY, body BLOB)")
        try database.execute("INSERT INTO t VALUES (1, NULL)")
        disk.endProgram()
        #expect(throws: DatabaseError.self) { try database.execute("INSERT INTO t VALUES (2, NULL)") }
        try check(disk, has: 1, "one row was committed")
    }

    @Test func `what was committed survives a power cut at every call, whatever it leaves (I1)`() throws {
        let calls = {
            let disk = SimulatedDisk(seed: 0)
            _ = fill(disk, 12)
            return disk.calls
        }()
        #expect(calls > 100)
        for call in 1...calls {
            for seed in 0..<3 as Range<UInt64> {
                let disk = SimulatedDisk(seed: seed)
                disk.plan(.failing(call: call, with: .powerCut))
                let committed = fill(disk, 12)
                #expect(!disk.isOn)
                disk.restart(PowerCut(seed: seed &* 7_919 &+ UInt64(call)))
                try check(disk, has: committed, "call \(call), seed \(seed)")
                // And it goes on from there.
                #expect(fill(disk, 3) >= committed + 3)
            }
        }
    }

    @Test func `what was committed is there after any one call failed`() throws {
        let calls = {
            let disk = SimulatedDisk(seed: 0)
            _ = fill(disk, 12)
            return disk.calls
        }()
        for call in 1...calls {
            for fault in [.error(EIO), .error(ENOSPC), .error(EINTR), .short] as [DiskFault] {
                let disk = SimulatedDisk(seed: UInt64(call))
                disk.plan(.failing(call: call, with: fault))
                let committed = fill(disk, 12)
                disk.plan(FaultPlan())
                disk.endProgram()
                try check(disk, has: committed, "call \(call), \(fault)")
            }
        }
    }

    @Test func `a full disk takes nothing more, and what was committed is there`() throws {
        let disk = SimulatedDisk(seed: 5, capacity: 60_000)
        let committed = fill(disk, 1_000)
        #expect(committed > 3 && committed < 1_000)
        #expect(disk.used <= 60_000)
        disk.endProgram()
        disk.capacity = .max
        try check(disk, has: committed, "after room was made")
    }

    @Test func `a connection that only reads, and is the last, leaves the log as it is`() throws {
        let disk = SimulatedDisk(seed: 1)
        #expect(fill(disk, 3) == 3)
        let database = try open(disk)
        try database.execute("INSERT INTO t VALUES (9, NULL)")
        disk.endProgram()
        _ = consume database
        let log = disk.bytes(of: "/t.sqlite-wal")
        let syncs = disk.count(of: .sync)
        do {
            let reader = try open(disk, .readOnly)
            #expect(try reader.integer("SELECT count(*) FROM t") == 4)
        }
        #expect(disk.bytes(of: "/t.sqlite-wal") == log && log?.isEmpty == false)
        #expect(disk.count(of: .sync) == syncs)
    }

    @Test func `who looks at the disk from outside meets no fault, and no call of his is counted`() throws {
        let disk = SimulatedDisk(seed: 1)
        #expect(fill(disk, 3) == 3)
        disk.plan(.failing(call: 1, with: .error(EIO), isLasting: true))
        let rows = try disk.lookedAt { () throws(DatabaseError) in
            try open(disk, .readOnly).integer("SELECT count(*) FROM t")
        }
        #expect(rows == 3 && disk.calls == 0)
        #expect(throws: DatabaseError.self) { try open(disk, .readOnly).integer("SELECT count(*) FROM t") }
    }
}
