import Exchange
import Lane
import Station
import Sync
import TagReader

/// What the world saw of a run, apart from what the station says of itself: the model that invariants are held against.
///
/// Moments are counted from the scenario's first.
package struct Witness: Sendable {
    /// A record that a commit sealed or kept, and that commit has returned.
    struct Committed: Hashable, Sendable {
        var journal: JournalID
        var sequence: Sequence
        var type: String
        var isSealed: Bool
        /// Of a passage: its lane and the nanoseconds of its start, which nothing changes.
        var passage: PassageKey?
    }

    struct PassageKey: Hashable, Sendable {
        var lane: UInt8
        var start: Int64
    }

    /// How much damage was put on a line, and how much was counted.
    struct Counted: Hashable, Sendable {
        var put: Int
        var damagedFrames: Int
        /// In bytes.
        var noise: Int
    }

    /// A file is another from this moment on, which nobody meant.
    struct Damage: Hashable, Sendable {
        var at: Interval
        var file: StateFile
        var damage: FileDamage
        /// Whose it was; nil: no journal's.
        var journal: JournalID?
    }

    /// The station had a journal open from a moment on.
    struct Opened: Hashable, Sendable {
        var at: Interval
        var journal: JournalID
    }

    /// The station was started with one of its configurations.
    struct Configured: Hashable, Sendable {
        var at: Interval
        var number: Int
    }

    /// A read that is durable: its row was in a commit that returned, or a record made of it was.
    struct DurableRead: Hashable, Sendable {
        var journal: JournalID
        var reader: String
        /// As records write it; nil: unreadable or malformed.
        var tag: String?
        /// Nil: nobody knows when.
        var at: Instant?
    }

    /// A message that a reader has let go of because the station acknowledged it.
    struct Acknowledged: Hashable, Sendable {
        var reader: String
        var text: String
        var at: Interval
    }

    /// The machine said that it has decided a passage.
    struct Decided: Hashable, Sendable {
        var journal: JournalID?
        var sequence: Sequence?
        /// A commit that was begun after it has returned.
        var isCommitted = false
        /// The station ended before.
        var isCut = false
    }

    /// The central server had this durably.
    struct Accepted: Hashable, Sendable {
        var journal: JournalID
        var upTo: Sequence
        var at: Interval
    }

    /// Records are gone from a journal's file.
    struct Deleted: Hashable, Sendable {
        var journal: JournalID
        var first: Sequence
        var last: Sequence
        var at: Interval
    }

    /// From a moment on the station's civil clock is so far from the world's.
    struct ClockOffset: Hashable, Sendable {
        var at: Interval
        var by: Interval
    }

    var committed: [Committed] = []
    var reads: [DurableRead] = []
    var acknowledged: [Acknowledged] = []
    var decided: [Decided] = []
    var accepted: [Accepted] = []
    var deleted: [Deleted] = []
    var clock: [ClockOffset] = []
    /// Records that the central server lost, restored from a backup.
    var lostAtCentral = 0
    /// When the station was killed.
    var kills: [Interval] = []
    /// When the station was started.
    var starts: [Interval] = []
    /// The most that was seen of what has a limit, by its name.
    var most: [Limit: Int] = [:]
    /// Heads that had more than one place lit, or one while nobody was in control, in words.
    var lamps: [Lamp] = []
    /// Lights that waited for something (I7), in words.
    var lateLights: [Lamp] = []
    /// Damaged frames that a reader's line has carried, and what the station counted, in the program's last run.
    var damagedFrames: [String: Counted] = [:]
    /// Readers of which too little damage was counted.
    var uncounted: [String] = []
    /// Files that were damaged.
    var damages: [Damage] = []
    /// Journals that the station opened.
    var opened: [Opened] = []
    /// With which of its configurations the station was started; with 0 before the first of these.
    var configured: [Configured] = []
    /// Lists by their digest, as the central server published them, in its order; nil: no station may use it.
    var lists: [PublishedFile] = []

    /// A list as it was published.
    struct PublishedFile: Sendable {
        var at: Interval
        var version: ListVersion
        var damage: PublishedList.Damage
        /// Nil: its bytes are no list.
        var list: AgreementList?
    }

    /// What has a limit (I6).
    enum Limit: String, CaseIterable, Hashable, Sendable {
        case unsealedRecords
        case diskJobs
        case listJobs
        case questions
        case photosUnderWay
        case journalLogBytes
        case photoFiles
    }

    /// A head that was not as it has to be (I9).
    struct Lamp: Hashable, Sendable {
        var lane: LaneNumber
        var at: Interval
        var words: String
    }

    /// The first decided passage that no returned commit covers, and the last commit that was begun.
    private var openFrom = 0
    private var coveredByCommit = 0

    package init() {}

    mutating func see(_ limit: Limit, _ count: Int) {
        if count > most[limit] ?? 0 { most[limit] = count }
    }

    // MARK: Commits

    /// A commit was given to the disk: everything decided so far is in it, or in one before it.
    mutating func beginCommit() { coveredByCommit = decided.count }

    /// The station was told that the commit has returned.
    mutating func returned(_ writes: [JournalWrite], in journal: JournalID, _ antennas: AntennaReaders) {
        for index in openFrom..<max(openFrom, coveredByCommit) { decided[index].isCommitted = true }
        openFrom = max(openFrom, coveredByCommit)
        for write in writes {
            switch write {
            case .read(let row):
                reads.append(
                    DurableRead(journal: journal, reader: row.reader, tag: row.content.recordText, at: row.at))
            case .keep(let record): note(record, isSealed: false, journal, antennas)
            case .seal(let record): note(record, isSealed: true, journal, antennas)
            case .position, .photos, .acknowledged, .photoSent, .photoRefused, .lose, .expire: break
            }
        }
    }

    private mutating func note(
        _ record: RecordWrite, isSealed: Bool, _ journal: JournalID, _ antennas: AntennaReaders
    ) {
        var new = Committed(
            journal: journal, sequence: record.sequence, type: record.draft.word, isSealed: isSealed)
        switch record.draft {
        case .passage(let passage, _):
            new.passage = PassageKey(lane: passage.lane.number, start: passage.start.nanoseconds)
        case .replayedRead(let read):
            reads.append(
                DurableRead(journal: journal, reader: read.reader, tag: read.content.recordText, at: nil))
        case .strayRead(let stray):
            let read = stray.read.first
            reads.append(
                DurableRead(
                    journal: journal, reader: antennas[read.antenna] ?? "", tag: read.tag?.recordText, at: read.at))
        case .event, .gap, .lost: break
        }
        committed.append(new)
    }

    /// The station's program is gone: what it decided after its last commit was begun need not be anywhere.
    mutating func end() {
        for index in openFrom..<decided.count where !decided[index].isCommitted { decided[index].isCut = true }
        openFrom = decided.count
        coveredByCommit = decided.count
    }
}

/// Which reader an antenna belongs to.
struct AntennaReaders: Sendable {
    private let names: [AntennaNumber: String]

    init(_ configuration: StationConfiguration) {
        names = Dictionary(
            configuration.antennas.map { ($0.number, configuration.readers[$0.reader].settings.name) },
            uniquingKeysWith: { first, _ in first })
    }

    subscript(antenna: AntennaNumber) -> String? { names[antenna] }
}

extension ReplayedRead.Content {
    /// As records write it; nil: there is no number.
    var recordText: String? {
        switch self {
        case .tag(let tag): tag.recordText
        case .malformed, .unreadable: nil
        }
    }
}

extension RecordDraft {
    /// The word in records.
    var word: String {
        switch self {
        case .passage: "passage"
        case .strayRead: "strayRead"
        case .replayedRead: "replayedRead"
        case .event: "event"
        case .gap, .lost: "gap"
        }
    }
}
