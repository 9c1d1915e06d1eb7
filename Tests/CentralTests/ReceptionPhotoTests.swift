import Exchange
import Lane
import Testing

@testable import Central

@Suite struct `The reception of photos` {
    private let digest = Digest(of: [1, 2, 3])
    private let photo = PhotoName(journal: Sample.journal, sequence: Sequence(2), camera: "front", number: 1)
    private var reception = Reception(positions: [Sample.journal: Sample.position(Sample.lines(3), at: 3)])

    @Test mutating func `keeps a photo that its record names, and answers when it is durable`() {
        #expect(reception.handle(.photo(1, photo, digest)) == [.findPhoto(1, photo)])
        #expect(
            reception.handle(.photoFound(1, .init(kept: nil, record: .init(digests: [.zero, digest]))))
                == [.keepPhoto(1, photo, digest)])
        #expect(reception.handle(.photoKept(1)) == [.answer(1, .photoKept)])
    }

    @Test mutating func `does not take a photo before its record`() {
        let next = PhotoName(journal: Sample.journal, sequence: Sequence(4), camera: "front", number: 1)
        #expect(reception.handle(.photo(1, next, digest)) == [.answer(1, .photoNotYet)])
        let stranger = PhotoName(journal: Sample.otherJournal, sequence: Sequence(1), camera: "front", number: 1)
        #expect(reception.handle(.photo(1, stranger, digest)) == [.answer(1, .photoNotYet)])
    }

    @Test mutating func `keeps a late photo of a record that was sealed before it came`() {
        _ = reception.handle(.photo(1, photo, digest))
        let record = Reception.PhotoRecord(digests: [], isUnsettled: true)
        #expect(reception.handle(.photoFound(1, .init(kept: nil, record: record))) == [.keepPhoto(1, photo, digest)])
    }

    @Test mutating func `answers a repeated photo as kept without writing it`() {
        _ = reception.handle(.photo(1, photo, digest))
        #expect(
            reception.handle(.photoFound(1, .init(kept: digest, record: .init(digests: [digest])))) == [
                .answer(1, .photoKept)
            ])
    }

    @Test(arguments: [
        (Reception.PhotoFinding(kept: .zero, record: .init(digests: [.zero])), Reception.PhotoRefused.otherDigest),
        (Reception.PhotoFinding(kept: nil, record: .init(digests: [.zero])), .notInRecord),
        (Reception.PhotoFinding(kept: nil, record: .init(digests: [])), .notInRecord),
        (Reception.PhotoFinding(kept: nil, record: nil), .notAPassage),
    ])
    mutating func `refuses a photo that is not the record's`(
        finding: Reception.PhotoFinding, refused: Reception.PhotoRefused
    ) {
        _ = reception.handle(.photo(1, photo, digest))
        #expect(reception.handle(.photoFound(1, finding)) == [.answer(1, .photoRefused(refused))])
    }

    @Test mutating func `answers later when the disk fails, while the same photo comes twice, and beyond its limit`() {
        _ = reception.handle(.photo(1, photo, digest))
        #expect(reception.handle(.photo(2, photo, digest)) == [.answer(2, .later(.photoUnderWay))])
        #expect(reception.handle(.failed(1)) == [.answer(1, .later(.notStored))])
        for number in 1...Reception.mostWaiting {
            let name = PhotoName(journal: photo.journal, sequence: Sequence(1), camera: "rear", number: number)
            #expect(
                reception.handle(.photo(RequestID(UInt64(number)), name, digest)) == [
                    .findPhoto(RequestID(UInt64(number)), name)
                ])
        }
        #expect(reception.handle(.photo(99, photo, digest)) == [.answer(99, .later(.tooManyPhotos))])
    }
}
