import Devices
import Exchange
import FoundationEssentials
import HTTP
import Lane
import Station
import Storage
import Sync
import Synchronization
import TestSupport
import Testing

@testable import Central
@testable import Station

/// A central server with an authority, on real TLS, and a station's folder with a journal of three records: both programs'
/// commands, the real network worker, and a central clock that is set by hand.
final class EnrolmentSite {
    /// What the server's threads and the test share.
    private final class Shared: Sendable {
        let ahead = Mutex(Interval.zero)
        let notes = Mutex<[String]>([])
    }

    let folder: TemporaryFolder
    let journal: JournalID
    private let shared = Shared()
    private var server: CentralServer?

    init() throws {
        folder = try TemporaryFolder()
        try makeFolder(folder / "state")
        let configuration = try #require(ConfigurationSample.load(ConfigurationSample.least).configuration)
        var journal = try Journal.open(
            folder: folder / "state", context: RecordContext(configuration, boot: "boot"), stamp: Self.stamp(0))
        _ = try journal.commit(
            (1...3).map {
                .seal(
                    RecordWrite(
                        sequence: Sequence($0), draft: .event(.stop), stamp: Self.stamp(Int64($0)), isComplete: true))
            })
        self.journal = journal.opened.journal
        #expect(central("authority --host 127.0.0.1").code == .ok)
        try start()
    }

    private static func stamp(_ second: Int64) -> Stamp {
        Stamp(at: Instant(nanoseconds: second * 1_000_000_000), utc: WallClock.now(), clock: .good)
    }

    // MARK: The central server

    /// Its clock is so much ahead of the computer's from now on.
    func setClock(ahead: Interval) { shared.ahead.withLock { $0 = ahead } }

    /// Starts the server, again where one runs, and writes the station's configuration.
    ///
    /// - Parameter life: of the certificates that it makes.
    func start(life: Interval = CentralServer.certificateLife) throws {
        server = nil
        let shared = shared
        let started = try CentralServer(
            folder: CentralFolder(folder / "central"), at: .tcp(address: "127.0.0.1", port: 0),
            limits: ListShelf.Limits(), certificateLife: life,
            civilClock: { WallClock.now() + shared.ahead.withLock { $0 } },
            report: { note in shared.notes.withLock { $0.append(note) } })
        let port = started.port
        server = consume started
        let text = ConfigurationSample.least
            .changing("https://central.example", to: "https://127.0.0.1:\(port)")
            .changing(
                "id = 42", to: "id = 42\nstateFolder = \(folder / "state")\ncontrolSocket = \(folder / "control.sock")")
        try write(text + "listEvery = 1 s\n", to: "station.conf")
    }

    /// What its log has said since this was asked last.
    func log() -> [String] {
        shared.notes.withLock { notes in
            defer { notes = [] }
            return notes
        }
    }

    /// Runs a command of `central`.
    func central(_ words: String) -> (code: ExitCode, lines: [String]) {
        run(CentralCommands.program, words + " --folder " + folder / "central")
    }

    // MARK: The station

    /// Has a code given out, and enrols the station with it.
    func enrol() throws {
        try write(try give(), to: "code")
        let answer = station("enrol --code \(folder / "code") \(folder / "station.conf")")
        #expect(answer.code == .ok, "\(answer) \(log())")
    }

    /// A new code, as the operator gets it.
    func give(station: UInt32 = 42) throws -> String {
        let answer = central("stations add \(station)")
        #expect(answer.code == .ok)
        return answer.lines.joined(separator: "\n") + "\n"
    }

    func station(_ words: String) -> (code: ExitCode, lines: [String]) { run(StationCommands.program, words) }

    func write(_ text: String, to name: String) throws { try Data(text.utf8).write(to: URL(filePath: folder / name)) }

    /// Has a network worker of its own do all of this, one after the other, and gives its answers.
    func work(_ jobs: [Action], as id: UInt32? = nil) throws -> [Event] {
        var text = String(decoding: try #require(bytesOf(folder / "station.conf")), as: UTF8.self)
        if let id { text = text.changing("id = 42", to: "id = \(id)") }
        let configuration = try #require(ConfigurationSample.load(text).configuration)
        let central = try #require(configuration.central)
        let (box, events) = (try Mailbox<Action>(bound: 64), try Mailbox<Event>(bound: 64))
        for job in jobs { #expect(box.offer(job)) }
        box.close()
        var worker = NetworkWorker(
            central, at: try #require(central.url), configuration, stop: StopFlag(), events: events)
        try worker.run(box)
        return events.takeAll()
    }

    /// Sends the journal's records; the last that central has then, or why it took none.
    func deliver(as id: UInt32? = nil) throws -> (upTo: UInt64?, words: String) {
        let send = Uploader.Action.send(journal, from: Sequence(1), mostRecords: 10, mostBytes: 100_000)
        switch try work([.uploader(send)], as: id).first {
        case .upload(.batch(let answer, _)): return (answer.contiguous.number, "")
        case .upload(.refused(let refusal)): return (nil, refusal.message)
        case .upload(.later(let words, _)): return (nil, words)
        default: return (nil, "no answer to a batch")
        }
    }

    private func run(_ program: CommandProgram, _ words: String) -> (code: ExitCode, lines: [String]) {
        let lines = Mutex<[String]>([])
        let console = Console(
            line: { line in lines.withLock { $0.append(line) } }, note: { note in lines.withLock { $0.append(note) } })
        let code = program.run(words.split(separator: " ").map(String.init), console)
        return (code, lines.withLock { $0 })
    }
}
