import Exchange

/// One record.
enum RecordFuzz {
    /// A body that is taken makes a line that is the same record; whatever a body holds, its fields can be looked for.
    static func read(body bytes: [UInt8]) throws {
        if let line = try? RecordLine(parsing: bytes) {
            try Finding.unless(line.bytes.starts(with: bytes), "a line written is another")
        }
        let line = RecordLine(digest: Digest(of: bytes), body: bytes)
        guard let taken = try? RecordLine(parsing: line.bytes) else { return }
        try Finding.unless(taken == line, "a line written is another record")
        try Finding.unless((try? RecordLine(parsing: line.bytes.dropLast())) == line, "a line needs its newline")
        try Finding.unless((try? RecordLine(parsing: line.bytes.dropLast(2))) == nil, "half a line was taken")
        let fields = RecordFields(body: bytes)
        try Finding.unless(fields == RecordFields(body: taken.body), "a body read twice has other fields")
        let recovered = Record.recovered(bytes)
        try Finding.unless(recovered.count <= 2 * bytes.count + 1_024, "a recovered body without a limit")
    }
}
