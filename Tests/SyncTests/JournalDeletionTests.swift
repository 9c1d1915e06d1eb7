import Exchange
import Lane
import TestSupport
import Testing

@testable import Sync

@Suite struct JournalDeletionTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    private func open() throws -> Journal {
        try Journal.open(folder: folder.path, context: context, stamp: stamp(100))
    }

    private func left() throws -> [UInt64] {
        try JournalReader(folder: folder.path).records(from: Sequence(1)).map(\.sequence.number)
    }

    private let hour = Int64(3_600)

    @Test func `only what central acknowledged long enough ago is deleted, a bounded number at a time`() throws {
        var journal = try open()
        _ = try journal.commit((1...10).map { .seal(write($0, event, stamp(1))) })
        _ = try journal.commit([.acknowledged(upTo: Sequence(4), rejected: [], at: stamp(0).utc)])
        _ = try journal.commit([.acknowledged(upTo: Sequence(8), rejected: [], at: stamp(5 * hour).utc)])

        #expect(try journal.commit([.expire(acknowledgedBefore: stamp(0).utc, most: 100)]).deleted == 0)
        // The hour of an acknowledgement is rounded up: never too early.
        #expect(try journal.commit([.expire(acknowledgedBefore: stamp(hour - 1).utc, most: 100)]).deleted == 0)
        #expect(try journal.commit([.expire(acknowledgedBefore: stamp(hour).utc, most: 3)]).deleted == 3)
        #expect(try journal.commit([.expire(acknowledgedBefore: stamp(hour).utc, most: 3)]).deleted == 1)
        #expect(try left() == [5, 6, 7, 8, 9, 10])
        // The one at the acknowledged position stays, and nothing beyond it ever goes.
        #expect(try journal.commit([.expire(acknowledgedBefore: stamp(900 * hour).utc, most: 100)]).deleted == 3)
        #expect(try left() == [8, 9, 10])
        #expect(try open().opened.acknowledgedUpTo == Sequence(8))
    }

    @Test func `of acknowledgements that are past their retention only the newest is kept`() throws {
        var journal = try open()
        _ = try journal.commit((1...9).map { .seal(write($0, event, stamp(1))) })
        for number in 1...9 {
            let at = stamp(Int64(number) * hour).utc
            _ = try journal.commit([.acknowledged(upTo: Sequence(UInt64(number)), rejected: [], at: at)])
        }
        #expect(try journal.commit([.expire(acknowledgedBefore: stamp(6 * hour).utc, most: 2)]).deleted == 2)
        // Hours are rounded up: the fifth was acknowledged before the end of the sixth.
        #expect(try journal.database.integer("SELECT count(*) FROM acknowledgement") == 5)
        #expect(try journal.commit([.expire(acknowledgedBefore: stamp(6 * hour).utc, most: 9)]).deleted == 3)
        #expect(try left() == [6, 7, 8, 9])
    }

    @Test func `without a good clock nothing is dated, and so nothing deleted`() throws {
        var journal = try open()
        _ = try journal.commit((1...3).map { .seal(write($0, event, stamp(1))) })
        _ = try journal.commit([.acknowledged(upTo: Sequence(3), rejected: [], at: nil)])
        #expect(try journal.commit([.expire(acknowledgedBefore: stamp(9_000 * hour).utc, most: 100)]).deleted == 0)
    }

    @Test func `what central lost when it went back has not been acknowledged`() throws {
        var journal = try open()
        _ = try journal.commit((1...6).map { .seal(write($0, event, stamp(1))) })
        _ = try journal.commit([.acknowledged(upTo: Sequence(6), rejected: [], at: stamp(0).utc)])
        _ = try journal.commit([.acknowledged(upTo: Sequence(2), rejected: [], at: stamp(hour).utc)])
        #expect(try journal.commit([.expire(acknowledgedBefore: stamp(900 * hour).utc, most: 100)]).deleted == 1)
        #expect(try left() == [2, 3, 4, 5, 6])
    }

    @Test func `the first record that is left proves the digest of the one before it, which is gone (I8)`() throws {
        var journal = try open()
        _ = try journal.commit((1...6).map { .seal(write($0, event, stamp(1))) })
        let third = try #require(try JournalReader(folder: folder.path).digest(of: Sequence(3)))
        _ = try journal.commit([.acknowledged(upTo: Sequence(4), rejected: [], at: stamp(0).utc)])
        _ = try journal.commit([.expire(acknowledgedBefore: stamp(hour).utc, most: 100)])
        #expect(try left() == [4, 5, 6])
        let reader = try JournalReader(folder: folder.path)
        #expect(try reader.digest(of: Sequence(3)) == nil)
        #expect(try reader.digest(of: Sequence(3), heldAgainst: third) == third)
        #expect(try reader.digest(of: Sequence(3), heldAgainst: .zero) == nil)
        #expect(try reader.digest(of: Sequence(2), heldAgainst: third) == nil)
        #expect(try reader.digest(of: Sequence(5), heldAgainst: third) != third)
    }

    @Test func `a rejected record is kept beyond its retention`() throws {
        var journal = try open()
        _ = try journal.commit((1...3).map { .seal(write($0, event, stamp(1))) })
        let rejection = BatchAnswer.Rejection(sequence: Sequence(1), reason: "version")
        for _ in 1...2 {
            _ = try journal.commit([.acknowledged(upTo: Sequence(3), rejected: [rejection], at: stamp(0).utc)])
        }
        _ = try journal.commit([.expire(acknowledgedBefore: stamp(hour).utc, most: 100)])
        #expect(try left() == [3])
        #expect(try JournalReader(folder: folder.path).counts().recordsRejected == 1)
        #expect(
            try journal.database.integer("SELECT count(*) FROM rejected WHERE sequence = 1 AND body IS NOT NULL") == 1)
    }

    @Test func `photos wait in order until they are sent or set aside`() throws {
        var journal = try open()
        let results = [
            photo(stored("a"), camera: 0), photo(.missing(.cameraSilent), camera: 1),
            photo(stored("b"), camera: 0, at: 1),
        ]
        let more = [photo(stored("c"), camera: 1), photo(.discarded, camera: 0)]
        _ = try journal.commit([
            .seal(write(1, .passage(passage(1), photos: results), stamp(1))),
            .seal(write(2, .passage(passage(2), photos: more), stamp(1))),
        ])
        let reader = try JournalReader(folder: folder.path)
        #expect(try reader.photo(after: nil, upTo: Sequence(0)) == nil)
        let first = PhotoName(sequence: Sequence(1), camera: "front", number: 1)
        let second = PhotoName(sequence: Sequence(1), camera: "front", number: 2)
        let third = PhotoName(sequence: Sequence(2), camera: "rear", number: 1)
        #expect(
            try reader.photo(after: nil, upTo: Sequence(1))
                == PendingPhoto(name: first, digest: Digest(of: Array("a".utf8)), bytes: 1))
        #expect(try reader.photo(after: first, upTo: Sequence(1))?.name == second)
        #expect(try reader.photo(after: second, upTo: Sequence(1)) == nil)
        #expect(try reader.photo(after: second, upTo: Sequence(2))?.name == third)
        _ = try journal.commit([.photoSent(first), .photoRefused(second, reason: "another photo is there")])
        #expect(try reader.photo(after: nil, upTo: Sequence(9))?.name == third)
        #expect(try reader.counts() == JournalCounts(photosWaiting: 1, photosRefused: 1, recordsRejected: 0))
    }
}
