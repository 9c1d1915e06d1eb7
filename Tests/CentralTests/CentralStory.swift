import Exchange
import Lane
import SimDisk
import Storage

@testable import Central

/// What two stations deliver to a central server, told on a simulated disk until everything is acknowledged.
struct CentralStory {
    /// One thing that happens.
    private enum Step {
        /// Records of a journal, by their places from 0 on.
        case records(JournalName, Range<Int>)
        case photo
        /// Another program begins to read, and so holds up the next checkpoint in its middle.
        case readerComes
        case readerGoes
    }

    static let folder = CentralFolder("/central")
    static let photo = PhotoName(journal: Sample.journal, sequence: Sequence(2), camera: "front", number: 1)
    private static let steps: [Step] = [
        .records(Sample.journal, 0..<2), .photo, .records(Sample.otherStation, 0..<3),
        // A station that did not hear the answer.
        .records(Sample.journal, 0..<2), .records(Sample.journal, 2..<12), .readerComes,
        .records(Sample.otherStation, 3..<5), .records(Sample.journal, 12..<14), .records(Sample.journal, 14..<15),
        .readerGoes, .records(Sample.journal, 15..<16), .records(Sample.journal, 16..<18),
        .records(Sample.otherStation, 5..<6), .records(Sample.journal, 18..<20),
    ]

    let disk: SimulatedDisk
    /// All that the stations have.
    private let lines: [JournalName: [RecordLine]]
    /// How far each journal was acknowledged.
    private(set) var acknowledged: [JournalName: JournalPosition] = [:]
    private(set) var isPhotoAcknowledged = false
    /// Openings that failed, and questions that are to come again.
    private(set) var failures = 0
    /// What no fault excuses.
    private(set) var wrong: [String] = []

    init(on disk: SimulatedDisk) throws {
        self.disk = disk
        lines = [
            Sample.journal: Sample.chain(try Self.bodies(of: Sample.journal)),
            Sample.otherStation: Sample.lines(6, of: Sample.otherStation),
        ]
    }

    /// Tells the story. What fails is tried again, as a station does it, while the disk answers.
    ///
    /// - Parameter cut: the power goes with the store open; nil: it is closed.
    mutating func run(endingWith cut: PowerCut? = nil) {
        var opened: ReceptionDesk?
        repeat { opened = open() } while opened == nil && mayTryAgain
        guard let desk = opened else { return }
        var reader: Statement?
        for step in Self.steps {
            while !take(step, desk, &reader) {
                guard mayTryAgain else { return }
                // Who reads has its answer before a station comes again.
                reader = nil
            }
        }
        if let cut { disk.restart(cut) }
        _ = consume reader
    }

    private var mayTryAgain: Bool { disk.isOn && failures < 10 }

    private mutating func open() -> ReceptionDesk? {
        do {
            // So few pages that some commits come behind a checkpoint.
            return try ReceptionDesk(folder: Self.folder, on: disk, logPages: 6) { _ in }
        } catch {
            failures += 1
            return nil
        }
    }

    /// False: it has to be done again.
    private mutating func take(_ step: Step, _ desk: ReceptionDesk, _ reader: inout Statement?) -> Bool {
        switch step {
        case .records(let journal, let places):
            // As soon as the answer has gone.
            defer { desk.copyLog() }
            return hear(desk.deliver(Array((lines[journal] ?? [])[places]), of: journal), of: journal)
        case .photo:
            let answer = desk.deliver(Self.photo, Sample.photo, digest: Digest(of: Sample.photo))
            return hear(answer, of: Self.photo.journal)
        case .readerComes:
            // Where the disk does not let it, nobody reads.
            do { reader = try Self.pinned(on: disk) } catch { reader = nil }
        case .readerGoes: reader = nil
        }
        return true
    }

    private mutating func hear(_ answer: Reception.Answer, of journal: JournalName) -> Bool {
        switch answer {
        case .taken(let position, rejected: _, pace: _): acknowledged[journal] = position
        case .photoKept: isPhotoAcknowledged = true
        case .later:
            failures += 1
            return false
        case .position, .refused, .photoNotYet, .photoRefused: wrong.append("\(answer)")
        }
        return true
    }

    private static func pinned(on disk: SimulatedDisk) throws -> Statement {
        let database = try Database(path: folder.database, access: .readOnly, files: disk.databases)
        let statement = try database.prepare("SELECT sequence FROM records")
        _ = try statement.step()
        return statement
    }

    /// As long as a station's; the second is a passage with a photo.
    private static func bodies(of journal: JournalName) throws -> [[UInt8]] {
        let rest = ",\"rest\":\"\(String(repeating: "x", count: 700))\""
        return try (1...20 as ClosedRange<UInt64>).map { sequence in
            sequence == 2
                ? try Sample.passage(sequence, of: journal) : Sample.body(sequence, of: journal, rest: rest)
        }
    }
}

/// What the disk holds after it.
extension CentralStory {
    /// The next start: what was acknowledged is there, everything is as it was sent, and what is missing is taken now.
    mutating func startAgain() throws {
        let desk = try ReceptionDesk(folder: Self.folder, on: disk) { _ in }
        try check(desk)
        for (journal, lines) in lines { _ = hear(desk.deliver(lines, of: journal), of: journal) }
        _ = take(.photo, desk)
        try check(desk)
        if acknowledged.values.map(\.contiguous.number).sorted() != [6, 20] { wrong.append("not all was taken") }
    }

    private mutating func take(_ step: Step, _ desk: ReceptionDesk) -> Bool {
        var nobody: Statement?
        return take(step, desk, &nobody)
    }

    private mutating func check(_ desk: ReceptionDesk) throws {
        let database = try Database(path: Self.folder.database, access: .readOnly, files: disk.databases)
        let whole = try database.prepare("PRAGMA integrity_check")
        if try !whole.step() || whole.text(0) != "ok" { wrong.append("the database is damaged") }
        for (journal, lines) in lines {
            guard case .position(let position) = desk.position(of: journal) else { continue }
            let held = try Self.held(journal, in: database)
            if position.contiguous < acknowledged[journal]?.contiguous ?? Sequence(0) {
                wrong.append("\(journal) lost")
            }
            if held != lines.prefix(Int(position.contiguous.number)).map(\.bytes) { wrong.append("\(journal) differs") }
        }
        let name = Self.folder.path + "/" + CentralFolder.relativePath(of: Self.photo)
        let rows = try database.integer("SELECT count(*) FROM photos") ?? 0
        if isPhotoAcknowledged, rows != 1 { wrong.append("the photo is lost") }
        if rows > 0, disk.bytes(of: name) != Sample.photo { wrong.append("the photo is damaged") }
    }

    private static func held(_ journal: JournalName, in database: borrowing Database) throws -> [[UInt8]] {
        let rows = try database.prepare(
            """
            SELECT line FROM records r JOIN journals j ON j.id = r.journal WHERE j.station = ? AND j.journal = ?
            ORDER BY sequence
            """)
        try rows.bind(1, Int64(journal.station.number))
        try rows.bind(2, journal.journal.octets)
        var lines: [[UInt8]] = []
        while try rows.step() { lines.append(rows.bytes(0) ?? []) }
        return lines
    }
}
