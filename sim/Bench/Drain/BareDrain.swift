import Devices
import Exchange
import Glibc
import Lane
import Storage
import Synchronization

/// The least that moves a backlog: the records read from the same SQLite file by one statement and written into one loopback socket;
/// at its other end, in a thread of its own, each is hashed over the one before and inserted in SQLite, in transactions as large as
/// the station's batches, with `synchronous=FULL`.
struct BareDrain {
    /// As many as the largest batch of a station.
    private static let group = 4_000
    /// As at central: pages in the log before it is copied.
    private static let mostLogPages = 512
    private static let piece = 1 << 18

    let backlog: BacklogJournal

    /// How long it took until all was durable.
    func drain(into file: String) throws -> Interval {
        let (out, inner) = try Self.loopback()
        let start = MonotonicClock.now()
        let problem = Mutex<String?>(nil)
        let count = backlog.count
        let receiver = WorkerThread(named: "receiver") {
            do { try Self.receive(count, from: inner, into: file) } catch { problem.withLock { $0 = "\(error)" } }
            close(inner)
        }
        let sent = Result { try send(to: out) }
        _ = shutdown(out, Int32(SHUT_WR))
        receiver.join()
        close(out)
        try sent.get()
        if let problem = problem.withLock({ $0 }) { throw BenchError(problem) }
        return MonotonicClock.now() - start
    }

    /// Each record with its length before it.
    private func send(to socket: Int32) throws {
        let database = try Database(path: backlog.file, access: .readOnly)
        let rows = try database.prepare("SELECT body FROM record ORDER BY sequence")
        var buffer: [UInt8] = []
        buffer.reserveCapacity(2 * Self.piece)
        while try rows.step() {
            guard let body = rows.bytes(0) else { throw BenchError("a record has no body") }
            buffer.append(UInt8(body.count >> 8))
            buffer.append(UInt8(body.count & 0xFF))
            buffer += body
            if buffer.count >= Self.piece { try Self.flush(&buffer, to: socket) }
        }
        try Self.flush(&buffer, to: socket)
    }

    private static func flush(_ buffer: inout [UInt8], to socket: Int32) throws {
        var done = 0
        while done < buffer.count {
            let count = unsafe buffer.withUnsafeBytes { bytes in
                unsafe Glibc.send(
                    socket, bytes.baseAddress?.advanced(by: done), bytes.count - done, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw BenchError("the socket takes nothing more: errno \(errno)") }
            done += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func receive(_ count: Int, from socket: Int32, into file: String) throws {
        let database = try Database(path: file, access: .readWrite)
        try database.execute("PRAGMA page_size = 8192")
        try database.execute("PRAGMA journal_mode = WAL")
        try database.execute("PRAGMA synchronous = FULL")
        try database.execute("CREATE TABLE record (sequence INTEGER PRIMARY KEY, digest BLOB, body BLOB NOT NULL)")
        let insert = try database.prepare("INSERT INTO record (digest, body) VALUES (?1, ?2)")
        var digest = Digest.zero
        var rest: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: piece)
        var taken = 0
        while taken < count {
            let transaction = try Transaction(on: database)
            let upTo = min(taken + group, count)
            while taken < upTo {
                var place = 0
                while taken < upTo, let body = record(in: rest, at: &place) {
                    digest = Digest.chained(to: digest, body: body)
                    try insert.bind(1, digest.bytes)
                    try insert.bind(2, body)
                    try insert.run()
                    taken += 1
                }
                rest.removeFirst(place)
                guard taken < upTo else { break }
                let got = unsafe recv(socket, &chunk, chunk.count, 0)
                guard got > 0 else { throw BenchError("the sender has gone after \(taken) records") }
                rest += chunk[..<got]
            }
            try transaction.commit()
            if database.logPages >= mostLogPages { try database.checkpoint() }
        }
    }

    /// The record that begins there, when all of it has come.
    private static func record(in bytes: [UInt8], at place: inout Int) -> [UInt8]? {
        guard place + 2 <= bytes.count else { return nil }
        let end = place + 2 + Int(bytes[place]) << 8 + Int(bytes[place + 1])
        guard end <= bytes.count else { return nil }
        defer { place = end }
        return Array(bytes[(place + 2)..<end])
    }

    /// Two ends of one TCP connection on 127.0.0.1.
    private static func loopback() throws -> (Int32, Int32) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let out = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let inner = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Int32 in
                guard unsafe bind(listener, address, size) == 0, listen(listener, 1) == 0,
                    unsafe getsockname(listener, address, &size) == 0, unsafe connect(out, address, size) == 0
                else { return -1 }
                return accept(listener, nil, nil)
            }
        }
        guard inner >= 0 else { throw BenchError("no connection over loopback: errno \(errno)") }
        return (out, inner)
    }
}
