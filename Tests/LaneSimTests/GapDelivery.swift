import Central
import Exchange
import Lane
import Storage
import TestSupport
import Testing

@testable import LaneSim
@testable import Sync

/// A journal, its uploader and the central server's rules, with no network between them.
struct GapDelivery: ~Copyable {
    let folder: TemporaryFolder
    let name: JournalName
    var journal: Journal
    var central = VirtualCentral()
    var lost: [LostRecords] = []
    var conditions: [DeliveryCondition] = []
    private var uploader = Uploader(seed: 1)
    private var readAhead = ReadAhead()

    static let station = StationID(42)
    static let stamp = Stamp(at: Instant(nanoseconds: 0), utc: UTC(milliseconds: 1_769_860_800_000), clock: .good)

    init(sealed count: UInt64) throws {
        let folder = try TemporaryFolder()
        let context = RecordContext(
            station: Self.station, journal: JournalID(high: 0, low: 0), boot: "boot", configuration: .zero,
            profile: "classic", list: "none", antennas: [:], lanes: [:])
        var journal = try Journal.open(folder: folder.path, context: context, stamp: Self.stamp)
        let name = JournalName(station: Self.station, journal: journal.opened.journal)
        _ = try journal.commit(
            (1...count).map {
                .seal(
                    RecordWrite(
                        sequence: Sequence($0), draft: .event(.stop), stamp: Self.stamp, isComplete: true))
            })
        self.folder = folder
        self.name = name
        self.journal = journal
    }

    /// Asks, sends and declares until the uploader has nothing left to do.
    mutating func run() throws {
        var now = Instant(nanoseconds: 0)
        var wake: Instant?
        var state = JournalState(journal: name.journal)
        state.sealedUpTo = journal.chain.sealedUpTo
        var events: [Uploader.Event] = [.start(state)]
        for _ in 0..<1_000 {
            if events.isEmpty {
                guard let due = wake else { return }
                (now, wake) = (due, nil)
                events = [.wake]
            }
            for action in uploader.handle(events.removeFirst(), at: now) {
                switch action {
                case .askPosition: events.append(.answer(position()))
                case .send(_, let first, let records, let bytes):
                    events.append(.answer(send(first, records, bytes)))
                case .lose(let first, let previous):
                    lost += try journal.commit([.lose(from: first, after: previous, Self.stamp)]).lost
                case .condition(let condition): conditions.append(condition)
                case .wake(let moment): wake = moment
                case .acknowledged: break
                case .beginNewJournal(let reason): Issue.record("a new journal: \(reason)")
                }
            }
        }
        Issue.record("it never came to rest")
    }

    private func reader() throws(JournalFailure) -> JournalReader { try JournalReader(folder: folder.path) }

    private mutating func position() -> UploadAnswer {
        readAhead.drop()
        guard case .position(let position) = central.position(of: name) else { return .later("", notBefore: nil) }
        let answer = PositionAnswer(
            journal: name.journal, contiguous: position.contiguous, digest: position.digest)
        do {
            return .position(answer, ours: try reader().digest(of: position.contiguous))
        } catch {
            return UploadAnswer(because: error)
        }
    }

    private mutating func send(_ first: Sequence, _ records: Int, _ bytes: Int) -> UploadAnswer {
        do {
            let reader = try reader()
            let batch = try readAhead.batch(from: first, mostRecords: records, mostBytes: bytes, of: reader)
            while readAhead.read(behind: batch, of: reader) {}
            switch central.deliver(try RecordLine.all(in: batch.bytes), of: name) {
            case .taken(let position, _, _):
                let answer = BatchAnswer(
                    journal: name.journal, contiguous: position.contiguous, digest: position.digest)
                return .batch(answer, ours: try reader.digest(of: position.contiguous))
            case .refused(let why, let expected):
                return .refused(Refusal(why == .gap ? .gap : .chain, expected: expected, message: "\(why)"))
            case .position, .later, .photoKept, .photoNotYet, .photoRefused: return .later("", notBefore: nil)
            }
        } catch {
            return UploadAnswer(because: error)
        }
    }

    /// What somebody does to the file, or a disk.
    func damage(_ sql: String) throws { try journal.database.execute(sql) }

    /// Sequences that the central server has as records, and whether each continues the one before it.
    func received() -> (sequences: [UInt64], isChained: Bool) {
        var sequences: [UInt64] = []
        var (next, previous, isChained) = (Sequence(1), Digest.zero, true)
        for line in central.taken {
            guard let fields = RecordFields(body: line.body) else { return (sequences, false) }
            isChained = isChained && fields.sequence == next && line.follows(previous)
            previous = fields.lost?.digest ?? line.digest
            next = (fields.lost?.last ?? fields.sequence).next
            if fields.lost == nil { sequences.append(fields.sequence.number) }
        }
        return (sequences, isChained)
    }
}
