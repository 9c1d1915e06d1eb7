import Exchange
import Lane
import TestSupport
import Testing

@testable import Sync

/// What a crash leaves and the next start makes of it, beside the records themselves.
@Suite struct JournalRecoveryTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    private func open(
        _ context: RecordContext = context, photos: PhotoSearch = { _, _ in [:] }
    ) throws(JournalFailure) -> Journal {
        try Journal.open(folder: folder.path, context: context, stamp: stamp(100), photos: photos)
    }

    private var found: Record.FoundPhoto {
        Record.FoundPhoto(
            camera: "front", number: 1, digest: Digest(of: [1]), bytes: 1, written: stamp(2).utc)
    }

    private func unread(_ id: UInt64) -> Passage {
        var unread = passage(id, at: 1)
        unread.photosAreDue = true
        unread.triggers = [
            .init(camera: CameraNumber(0), at: second(1)), .init(camera: CameraNumber(1), at: second(2)),
        ]
        return unread
    }

    // MARK: Numbers of reads

    @Test func `a read that only a record has keeps its number after a crash (I2)`() throws {
        let unreadable = passage(1, at: 1, reads: [ReadID(7)])
        do {
            var journal = try open()
            _ = try journal.commit([
                .read(row(6)), .keep(write(1, .passage(unreadable, photos: []), stamp(1), complete: false)),
            ])
        }
        #expect(try open().opened.nextRead == ReadID(8))
        do {
            var journal = try open()
            let next = journal.opened.sealedUpTo.next.number
            _ = try journal.commit([.seal(write(next, .passage(passage(2, reads: [ReadID(11)]), photos: []), stamp(2)))]
            )
            _ = try journal.commit([.read(row(12))])
        }
        #expect(try open().opened.nextRead == ReadID(13))
    }

    // MARK: Photos

    @Test func `a photo that was stored before the crash is sent with its passage (I3)`() throws {
        do {
            var journal = try open()
            _ = try journal.commit([.keep(write(1, .passage(unread(1), photos: []), stamp(1), complete: false))])
        }
        var asked: [Set<Sequence>] = []
        let journal = try open { _, sequences in
            asked.append(sequences)
            return [Sequence(1): [found]]
        }
        #expect(asked == [[Sequence(1)]] && journal.opened.recovered == 1)
        let reader = try JournalReader(folder: folder.path)
        let name = PhotoName(sequence: Sequence(1), camera: "front", number: 1)
        #expect(
            try reader.photo(after: nil, upTo: Sequence(1))
                == PendingPhoto(name: name, digest: Digest(of: [1]), bytes: 1))
        #expect(try reader.keeps(name))
        let fields = try #require(RecordFields(body: reader.records(from: Sequence(1))[0].line.body))
        #expect(fields.photos?.map(\.digest) == [Digest(of: [1]), nil])
        #expect(fields.photos?.map(\.missing) == [nil, "interrupted"])
    }

    @Test func `a passage that waited only for those before it keeps its photos (I3)`() throws {
        let photos = [photo(stored("front"), at: 1), photo(stored("rear"), camera: 1, at: 2)]
        do {
            var journal = try open()
            _ = try journal.commit([
                .keep(write(1, .passage(passage(1), photos: []), stamp(1), complete: false)),
                .keep(write(2, .passage(unread(2), photos: photos), stamp(2))),
            ])
        }
        _ = try open()
        let reader = try JournalReader(folder: folder.path)
        for camera in ["front", "rear"] {
            #expect(try reader.keeps(PhotoName(sequence: Sequence(2), camera: camera, number: 1)))
        }
        let flags = try reader.records(from: Sequence(1)).map { RecordFields(body: $0.line.body)?.flags }
        #expect(flags == [["recovered"], []])
    }

    @Test func `nobody looks for photos when nothing was open`() throws {
        _ = try open()
        _ = try open { _, _ in
            Issue.record("nothing was open")
            return [:]
        }
    }

    @Test func `a photo that central refused is still kept (I3)`() throws {
        var journal = try open()
        let name = PhotoName(sequence: Sequence(1), camera: "front", number: 1)
        let draft = RecordDraft.passage(unread(1), photos: [photo(stored("front"), at: 1)])
        _ = try journal.commit([.seal(write(1, draft, stamp(1))), .photoRefused(name, reason: "another digest")])
        let reader = try JournalReader(folder: folder.path)
        #expect(try reader.photo(after: nil, upTo: Sequence(1)) == nil)
        #expect(try reader.keeps(name))
        _ = try journal.commit([.photoSent(name)])
        #expect(try !reader.keeps(name))
    }

    // MARK: Downtime

    private func lastMoment(_ context: RecordContext = context) throws -> JournalState.LastMoment? {
        try open(context).opened.lastMoment
    }

    private var afterReboot: RecordContext {
        var context = context
        context.boot = "boot-2"
        return context
    }

    @Test func `a new journal knows no last moment`() throws { #expect(try lastMoment() == nil) }

    @Test func `the last moment is the latest of records and reads, by monotonic time within one boot`() throws {
        do {
            var journal = try open()
            _ = try journal.commit([
                .seal(write(1, event, stamp(9, clock: .unknown))), .seal(write(2, event, stamp(7, clock: .unknown))),
            ])
        }
        #expect(try lastMoment() == .sinceBoot(second(9)))
        do {
            var journal = try open()
            _ = try journal.commit([.read(row(1, at: 11))])
        }
        #expect(try lastMoment() == .sinceBoot(second(11)))
    }

    @Test func `across a boot the civil clock counts, when it was good`() throws {
        do {
            var journal = try open()
            _ = try journal.commit([
                .seal(write(1, event, stamp(5))), .seal(write(2, event, stamp(9, clock: .unknown))),
            ])
        }
        #expect(try lastMoment(afterReboot) == .civil(stamp(5).utc))
    }

    @Test func `across a boot with no good clock nobody knows`() throws {
        do {
            var journal = try open()
            _ = try journal.commit([.seal(write(1, event, stamp(9, clock: .unknown)))])
        }
        #expect(try lastMoment(afterReboot) == nil)
    }

    @Test func `downtime needs a clock that reaches from then to now`() {
        #expect(
            JournalState.LastMoment.sinceBoot(second(4)).downtime(before: stamp(10, clock: .unknown)) == .seconds(6))
        #expect(JournalState.LastMoment.civil(stamp(4).utc).downtime(before: stamp(10)) == .seconds(6))
        #expect(JournalState.LastMoment.civil(stamp(4).utc).downtime(before: stamp(10, clock: .unknown)) == nil)
        #expect(JournalState.LastMoment.civil(stamp(11).utc).downtime(before: stamp(10)) == nil)
    }

    @Test func `a start event says how long no program ran, once the journal is open`() {
        var ledger = Ledger()
        _ = ledger.handle(.start, at: second(10))
        let start = RecordDraft.event(.start(downtime: nil, version: "1"))
        _ = ledger.handle(.record(start, stamp(10)), at: second(10))
        let state = JournalState(
            journal: journalA, sealedUpTo: Sequence(5), lastMoment: .sinceBoot(second(4)))
        let filled = RecordDraft.event(.start(downtime: .seconds(6), version: "1"))
        #expect(
            ledger.handle(.opened(state), at: second(11))
                == [.condition(.writable), .commit(1, [.seal(write(6, filled, stamp(10)))])])
    }
}
