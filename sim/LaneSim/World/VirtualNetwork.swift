import Camera
import Central
import Exchange
import Lane
import SimDisk
import Station
import Storage
import Sync

/// The way to the central server, as the network worker and its link have it: one question after the other, read from the
/// station's own journal.
struct VirtualNetwork: ~Copyable {
    /// From a question to its answer, without faults: a mobile network.
    static let roundTrip = Interval.milliseconds(40)
    /// How long a server that is away is waited for (`TimeOuts.connect`).
    static let connectTimeOut = Interval.seconds(10)
    /// How long a server is waited for that says nothing (`TimeOuts.stall`).
    static let stallTimeOut = Interval.seconds(20)
    /// How long after that a question may still arrive.
    static let late = Interval.seconds(5)
    /// What a central server that answers 503 asks for.
    static let retryAfter = Interval.seconds(5)

    var central = VirtualCentral()
    /// Nil: the station has none.
    var certificate: VirtualCertificate?
    /// Questions that wait for the one under way, which is the first.
    var questions: [Action] = []
    private let lists: VirtualLists
    private let station: StationID
    private let folder: String
    private let storage: SimulatedDisk
    private let download: ListDownload
    /// The central server rejects the first record of each batch.
    var rejects = false
    /// On the road each question has a connection of its own. One that stays open would keep a copy of the log from being made anew
    /// after a sync that failed: so it stays only between commits that return.
    private var reader: JournalReader?
    private var keepsReader = false
    private var readAhead = ReadAhead()

    /// - Parameter downloads: the real folder of lists.
    init(_ configuration: StationConfiguration, lists: VirtualLists, on storage: SimulatedDisk, downloads: String) {
        self.lists = lists
        let listName = configuration.central?.list ?? "none"
        download = ListDownload(folder: downloads, name: listName)
        station = configuration.station.id
        folder = configuration.station.stateFolder
        self.storage = storage
    }

    /// The journal is opened anew, its station is gone, or a sync has failed.
    mutating func forgetJournal() {
        reader = nil
        keepsReader = false
        readAhead.drop()
    }

    /// A commit has returned: its file is sound.
    mutating func keepJournal() { keepsReader = true }

    /// Reads the station's journal.
    mutating func read<Answer>(
        _ body: (borrowing JournalReader) throws(JournalFailure) -> Answer
    ) throws(JournalFailure) -> Answer {
        defer { if !keepsReader { reader = nil } }
        try openReader()
        switch reader {
        case .some(let reader): return try body(reader)
        case .none: preconditionFailure("a reader that was opened is open")
        }
    }

    /// No answer that means anything, for this question.
    static func later(_ reason: String, notBefore: Interval? = nil, to question: Action) -> Event {
        switch question {
        case .sendPhoto: .photoUpload(.later(reason, notBefore: notBefore))
        case .salvagedPhoto: .salvagedPhoto(.later(reason, notBefore: notBefore))
        case .salvaged: .salvagedUpload(.later(reason, notBefore: notBefore))
        case .listUpdater: .list(.updater(.later(reason, notBefore: notBefore)))
        case .renewal: .renewal(.failed(reason))
        default: .upload(.later(reason, notBefore: notBefore))
        }
    }

    /// What somebody else answers, or the central server for another journal.
    func wrong(to question: Action, _ chance: UInt64) -> Event {
        let other = JournalID(high: chance, low: chance)
        switch question {
        case .uploader(.askPosition) where chance % 2 == 0:
            let answer = PositionAnswer(journal: other, contiguous: Sequence(chance % 1_000), digest: .zero)
            return .upload(.position(answer, ours: nil))
        case .uploader(.send) where chance % 2 == 0:
            let answer = BatchAnswer(
                journal: other, contiguous: Sequence(chance % 1_000), digest: .zero, rejected: [], pace: nil)
            return .upload(.batch(answer, ours: nil))
        default: return Self.later("central answered 200 with something that is no answer", to: question)
        }
    }

    /// The question arrives at the central server, and is answered.
    mutating func carryOut(_ question: Action, at elapsed: Interval) -> Event {
        defer { if !keepsReader { reader = nil } }
        return switch question {
        case .uploader(.askPosition(let journal)): .upload(position(of: journal))
        case .uploader(.send(let journal, let first, let mostRecords, let mostBytes)):
            .upload(send(journal, from: first, mostRecords, mostBytes))
        case .salvaged(let old, let question): .salvagedUpload(ask(about: old, question))
        case .salvagedPhoto(let old, let last):
            .salvagedPhoto(
                reading(old) {
                    $0.sendPhoto(old.journal, after: last, upTo: old.sealedUpTo)
                } orElse: {
                    .later($0, notBefore: nil)
                })
        case .sendPhoto(let journal, let last, let upTo): .photoUpload(sendPhoto(journal, after: last, upTo: upTo))
        case .listUpdater(.ask(let after)): .list(.updater(ask(after: after, at: elapsed)))
        case .listUpdater(.fetch(let offer, let from, let most)):
            .list(.updater(fetch(offer, from: from, most: most)))
        default: preconditionFailure("the network is given what concerns the central server")
        }
    }

    private mutating func openReader() throws(JournalFailure) {
        if reader == nil { reader = try JournalReader(folder: folder, on: storage) }
    }

    /// As about the station's own journal, out of a salvaged one's file.
    private mutating func ask(about old: SalvagedJournal, _ question: Uploader.Action) -> UploadAnswer {
        reading(old) { network in
            guard case .send(let journal, let first, let mostRecords, let mostBytes) = question else {
                return network.position(of: old.journal)
            }
            return network.send(journal, from: first, mostRecords, mostBytes)
        } orElse: {
            .unreadable($0)
        }
    }

    /// Reads a salvaged journal in place of the station's own.
    private mutating func reading<Answer>(
        _ old: SalvagedJournal, _ body: (inout VirtualNetwork) -> Answer, orElse: (String) -> Answer
    ) -> Answer {
        var own: JournalReader?
        swap(&own, &reader)
        defer { swap(&own, &reader) }
        do throws(JournalFailure) {
            reader = try JournalReader(file: old.file, on: storage)
        } catch {
            return orElse(error.reason)
        }
        return body(&self)
    }

    private mutating func position(of journal: JournalID) -> UploadAnswer {
        readAhead.drop()
        do throws(JournalFailure) {
            try openReader()
            guard reader?.journal == journal else { return .later("the journal was begun anew", notBefore: nil) }
            return try answer(central.position(of: name(journal)), journal)
        } catch {
            return error.isDamage ? .damaged(at: error.record, error.reason) : .unreadable(error.reason)
        }
    }

    private mutating func send(
        _ journal: JournalID, from first: Sequence, _ mostRecords: Int, _ mostBytes: Int
    ) -> UploadAnswer {
        do throws(JournalFailure) {
            try openReader()
            guard reader?.journal == journal else { return .later("the journal was begun anew", notBefore: nil) }
            guard let lines = try lines(from: first, mostRecords, mostBytes) else {
                return .refused(Refusal(.malformed, message: "a line of the batch is no record"))
            }
            let answer = central.deliver(lines, of: name(journal))
            return try self.answer(answer, journal, rejecting: rejects ? first : nil)
        } catch {
            return error.isDamage ? .damaged(at: error.record, error.reason) : .unreadable(error.reason)
        }
    }

    /// The lines of the batch as the central server takes them apart; the next one is read while it does. Nil: they are none.
    private mutating func lines(
        from first: Sequence, _ mostRecords: Int, _ mostBytes: Int
    ) throws(JournalFailure) -> [RecordLine]? {
        switch reader {
        case .some(let reader):
            let batch = try readAhead.batch(from: first, mostRecords: mostRecords, mostBytes: mostBytes, of: reader)
            while readAhead.read(behind: batch, of: reader) {}
            do throws(RecordLine.Problem) {
                return try RecordLine.all(in: batch.bytes)
            } catch {
                return nil
            }
        case .none: preconditionFailure("a reader that was opened is open")
        }
    }

    private func name(_ journal: JournalID) -> JournalName { JournalName(station: station, journal: journal) }

    /// As the link puts the central server's words.
    private func answer(
        _ answer: Reception.Answer, _ journal: JournalID, rejecting poison: Sequence? = nil
    ) throws(JournalFailure) -> UploadAnswer {
        switch answer {
        case .position(let position):
            let told = PositionAnswer(journal: journal, contiguous: position.contiguous, digest: position.digest)
            return .position(told, ours: try reader?.digest(of: position.contiguous, heldAgainst: position.digest))
        case .taken(let position, let rejected, let pace):
            var refused = rejected.map {
                BatchAnswer.Rejection(sequence: $0.sequence, reason: $0.reason.rawValue)
            }
            if let poison, poison <= position.contiguous { refused.append(.init(sequence: poison, reason: "version")) }
            let told = BatchAnswer(
                journal: journal, contiguous: position.contiguous, digest: position.digest, rejected: refused,
                pace: pace)
            return .batch(told, ours: try reader?.digest(of: position.contiguous, heldAgainst: position.digest))
        case .refused(let why, let expected):
            return .refused(Refusal(why == .gap ? .gap : .chain, expected: expected, message: "\(why)"))
        case .later(let why): return .later("central answered 503: \(why)", notBefore: Self.retryAfter)
        case .photoKept, .photoNotYet, .photoRefused: preconditionFailure("records are answered as records")
        }
    }

    private mutating func sendPhoto(_ journal: JournalID, after last: Sync.PhotoName?, upTo: Sequence) -> PhotoAnswer {
        do {
            try openReader()
            guard reader?.journal == journal else { return .later("the journal was begun anew", notBefore: nil) }
            guard let photo = try reader?.photo(after: last, upTo: upTo) else { return .none }
            let file = "\(folder)/photos/\(PhotoFileName(journal, photo.name))"
            guard let image = try SourceFile(file, on: storage) else {
                return .refused(photo.name, reason: "its file is gone")
            }
            guard Digest(of: try image.read(most: photo.bytes + 1)) == photo.digest else {
                return .refused(photo.name, reason: "its file is damaged")
            }
            let name = Central.PhotoName(
                journal: name(journal), sequence: photo.name.sequence, camera: photo.name.camera,
                number: photo.name.number)
            return Self.answer(central.deliver(name, digest: photo.digest), photo.name)
        } catch {
            return .later("\(error)", notBefore: nil)
        }
    }

    private static func answer(_ answer: Reception.Answer, _ photo: Sync.PhotoName) -> PhotoAnswer {
        switch answer {
        case .photoKept: .sent(photo)
        case .photoNotYet: .notYet(photo)
        case .photoRefused(let why): .refused(photo, reason: "\(why)")
        case .later(let why): .later("central answered 503: \(why)", notBefore: retryAfter)
        case .position, .taken, .refused: preconditionFailure("photos are answered as photos")
        }
    }

    private func ask(after: ListVersion?, at elapsed: Interval) -> ListUpdater.Event {
        guard let offer = lists.offer(after: after, at: elapsed) else {
            return .noOffer("central answered 404: no list of that name is published here")
        }
        return offer.version == after ? .newest : .offered(offer)
    }

    /// The next piece, put where the link puts it.
    private func fetch(_ offer: ListOffer, from: Int, most: Int) -> ListUpdater.Event {
        guard let bytes = lists.file(of: offer) else { return .changed("central answered 404: it is not kept") }
        let path = download.path
        do throws(FileError) {
            if from == 0 {
                let note = "\(offer.path)\n\(offer.bytes)\n\"\(offer.version.text)\"\n"
                try DurableFile.replace(path + ".etag", with: Array(note.utf8))
            }
            var file = try GrowingFile(path, keeping: from)
            try file.append(Array(bytes[from..<min(from + most, bytes.count)]))
            return .piece(upTo: file.size)
        } catch {
            return .later("\(error)", notBefore: nil)
        }
    }
}
