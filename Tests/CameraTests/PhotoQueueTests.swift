import Exchange
import HTTP
import Lane
import Testing

@testable import Camera

@Suite("The photo queue")
struct PhotoQueueTests {
    private let one = PassageID(1)
    private let two = PassageID(2)
    private var queue = PhotoQueue(settings: PhotoQueueTests.settings)

    private static var settings: PhotoQueueSettings {
        do {
            let address = try WebAddress("http://127.0.0.1:81/snapshot.jpg")
            return PhotoQueueSettings(cameras: [
                CameraSettings(place: Sample.front, name: "front", address: address),
                CameraSettings(place: Sample.rear, name: "rear", address: address),
            ])
        } catch {
            preconditionFailure("\(error)")
        }
    }

    private func ms(_ milliseconds: Int64) -> Instant { Sample.ms(milliseconds) }

    private func id(_ passage: PassageID, _ index: Int = 0) -> PhotoID { PhotoID(passage: passage, index: index) }

    private func capture(
        _ passage: PassageID, _ index: Int = 0, _ place: LaneCamera = Sample.front, at: Int64, as name: PhotoFileName
    ) -> PhotoQueue.Action {
        .capture(PhotoJob(id: id(passage, index), place: place, trigger: ms(at), name: name))
    }

    private func result(_ fate: PhotoResult.Fate, _ place: LaneCamera = Sample.front, at: Int64 = 0) -> PhotoResult {
        PhotoResult(camera: place.camera, trigger: ms(at), fate)
    }

    private func stored(_ at: Int64 = 50) -> PhotoResult.Fate {
        .stored(Digest(of: Sample.jpeg), bytes: Sample.jpeg.count, at: ms(at))
    }

    /// A passage with its name and one photo under way since 0.
    private mutating func begin(_ passage: PassageID, _ sequence: UInt64) {
        _ = queue.handle(.named(passage, Sample.journal, Sequence(sequence)), at: ms(0))
        _ = queue.handle(.trigger(passage, Sample.front, at: ms(0)), at: ms(0))
    }

    @Test mutating func `a trigger takes a photo at once, and the result waits for the passage`() {
        #expect(queue.handle(.named(one, Sample.journal, Sequence(7)), at: ms(0)) == [])
        #expect(
            queue.handle(.trigger(one, Sample.front, at: ms(0)), at: ms(0)) == [
                capture(one, at: 0, as: Sample.name(7)), .wake(ms(8_000)),
            ])
        #expect(queue.awaited(of: one) == 1)
        #expect(queue.handle(.captured(id(one), Sample.file(Sample.name(7))), at: ms(60)) == [.wake(nil)])
        #expect(queue.awaited(of: one) == 0)
        #expect(
            queue.handle(.passageClosed(one, photosAreDue: true), at: ms(900)) == [.settled(one, [result(stored())])])
    }

    @Test mutating func `a closed passage waits for its last photo`() {
        begin(one, 7)
        _ = queue.handle(.trigger(one, Sample.rear, at: ms(400)), at: ms(400))
        #expect(queue.handle(.captured(id(one), Sample.file(Sample.name(7))), at: ms(500)) == [.wake(ms(8_400))])
        #expect(queue.handle(.passageClosed(one, photosAreDue: true), at: ms(600)) == [])
        #expect(queue.awaited(of: one) == 1)
        #expect(
            queue.handle(.failed(id(one, 1), .cameraSilent), at: ms(3_400)) == [
                .settled(one, [result(stored()), result(.missing(.cameraSilent), Sample.rear, at: 400)]), .wake(nil),
            ])
    }

    @Test mutating func `a photo of a passage that is not due is thrown away`() {
        begin(one, 7)
        let file = Sample.file(Sample.name(7))
        _ = queue.handle(.captured(id(one), file), at: ms(60))
        #expect(
            queue.handle(.passageClosed(one, photosAreDue: false), at: ms(900)) == [
                .discard(file), .settled(one, [result(.discarded)]),
            ])
    }

    @Test mutating func `so is one that comes after the passage was closed`() {
        begin(one, 7)
        #expect(
            queue.handle(.passageClosed(one, photosAreDue: false), at: ms(900)) == [
                .settled(one, [result(.discarded)])
            ])
        let file = Sample.file(Sample.name(7))
        #expect(queue.handle(.captured(id(one), file), at: ms(950)) == [.discard(file), .wake(nil)])
    }

    @Test mutating func `a passage without a trigger settles nothing`() {
        _ = queue.handle(.named(one, Sample.journal, Sequence(7)), at: ms(0))
        #expect(queue.handle(.passageClosed(one, photosAreDue: true), at: ms(900)) == [])
        #expect(queue.handle(.passageClosed(two, photosAreDue: true), at: ms(900)) == [])
        #expect(queue.awaited(of: two) == 0)
    }

    @Test mutating func `a camera takes one photo at a time, the next as soon as it is free`() {
        begin(one, 7)
        _ = queue.handle(.named(two, Sample.journal, Sequence(8)), at: ms(100))
        #expect(
            queue.handle(.trigger(two, Sample.front, at: ms(100)), at: ms(100)).last
                == .wake(ms(1_100) + .microseconds(1)))
        #expect(
            queue.handle(.captured(id(one), Sample.file(Sample.name(7))), at: ms(300)) == [
                capture(two, at: 100, as: Sample.name(8)), .wake(ms(8_300)),
            ])
    }

    @Test mutating func `another camera does not wait`() {
        begin(one, 7)
        #expect(
            queue.handle(.trigger(one, Sample.rear, at: ms(10)), at: ms(10)) == [
                capture(one, 1, Sample.rear, at: 10, as: Sample.name(7, "rear"))
            ])
    }

    @Test mutating func `a photo that cannot be begun in time is missing`() {
        begin(one, 7)
        _ = queue.handle(.named(two, Sample.journal, Sequence(8)), at: ms(100))
        _ = queue.handle(.trigger(two, Sample.front, at: ms(100)), at: ms(100))
        _ = queue.handle(.passageClosed(two, photosAreDue: true), at: ms(900))
        #expect(
            queue.handle(.wake, at: ms(1_101)) == [
                .settled(two, [result(.missing(.queueFull), at: 100)]), .wake(ms(8_000)),
            ])
        #expect(queue.handle(.captured(id(one), Sample.file(Sample.name(7))), at: ms(2_000)) == [.wake(nil)])
    }

    @Test mutating func `few wait for one camera, more are missing`() {
        begin(one, 7)
        for number in 2...UInt64(1 + PhotoQueue.mostWaiting) {
            _ = queue.handle(.trigger(PassageID(number), Sample.front, at: ms(10)), at: ms(10))
        }
        let last = PassageID(9)
        _ = queue.handle(.trigger(last, Sample.front, at: ms(10)), at: ms(10))
        #expect(
            queue.handle(.passageClosed(last, photosAreDue: true), at: ms(20)) == [
                .settled(last, [result(.missing(.queueFull), at: 10)])
            ])
    }

    @Test mutating func `a worker that never answers is given up, and what it brings later thrown away`() {
        begin(one, 7)
        _ = queue.handle(.passageClosed(one, photosAreDue: true), at: ms(900))
        #expect(
            queue.handle(.wake, at: ms(8_000)) == [.settled(one, [result(.missing(.cameraSilent))])])
        let file = Sample.file(Sample.name(7))
        #expect(queue.handle(.captured(id(one), file), at: ms(9_000)) == [.discard(file)])
    }

    @Test mutating func `a record holds four photos, more are not taken`() {
        for index in 0..<6 {
            _ = queue.handle(.trigger(one, Sample.front, at: ms(0)), at: ms(0))
            _ = queue.handle(.captured(id(one, index), Sample.file(Sample.name(7))), at: ms(0))
        }
        guard case .settled(_, let results)? = queue.handle(.passageClosed(one, photosAreDue: true), at: ms(1)).first
        else { return #expect(Bool(false), "nothing settled") }
        #expect(results.count == Passage.mostTriggers)
    }

    @Test mutating func `a photo taken before its record has a name is renamed`() {
        let unnamed = PhotoFileName(.unnamed(one), camera: "front", number: 1)
        #expect(
            queue.handle(.trigger(one, Sample.front, at: ms(0)), at: ms(0)).first == capture(one, at: 0, as: unnamed))
        _ = queue.handle(.captured(id(one), Sample.file(unnamed)), at: ms(60))
        #expect(
            queue.handle(.named(one, Sample.journal, Sequence(7)), at: ms(70)) == [
                .rename(Sample.file(unnamed), to: Sample.name(7))
            ])
        #expect(queue.handle(.named(one, Sample.journal, Sequence(7)), at: ms(80)) == [])
        #expect(
            queue.handle(.passageClosed(one, photosAreDue: false), at: ms(90)).first
                == .discard(Sample.file(Sample.name(7))))
    }

    @Test mutating func `a new journal renames also what comes later and what is settled`() {
        begin(one, 7)
        let old = Sample.file(Sample.name(7))
        _ = queue.handle(.named(one, Sample.journal, Sequence(3)), at: ms(10))
        #expect(queue.handle(.captured(id(one), old), at: ms(60)) == [.rename(old, to: Sample.name(3)), .wake(nil)])
        _ = queue.handle(.passageClosed(one, photosAreDue: true), at: ms(70))
        #expect(
            queue.handle(.named(one, Sample.journal, Sequence(1)), at: ms(80)) == [
                .rename(Sample.file(Sample.name(3)), to: Sample.name(1))
            ])
    }

    @Test mutating func `a passage without a record loses its photos`() {
        begin(one, 7)
        _ = queue.handle(.captured(id(one), Sample.file(Sample.name(7))), at: ms(60))
        #expect(queue.handle(.passageNotKept(one), at: ms(70)) == [.discard(Sample.file(Sample.name(7)))])
        begin(two, 8)
        #expect(queue.handle(.passageNotKept(two), at: ms(80)) == [])
        let late = Sample.file(Sample.name(8))
        #expect(queue.handle(.captured(id(two), late), at: ms(90)) == [.discard(late), .wake(nil)])
    }

    @Test mutating func `a stop makes missing what is not stored`() {
        begin(one, 7)
        _ = queue.handle(.trigger(two, Sample.front, at: ms(10)), at: ms(10))
        _ = queue.handle(.passageClosed(one, photosAreDue: true), at: ms(20))
        _ = queue.handle(.passageClosed(two, photosAreDue: true), at: ms(20))
        #expect(
            queue.handle(.stop, at: ms(30)).dropLast() == [
                .settled(one, [result(.missing(.interrupted))]),
                .settled(two, [result(.missing(.interrupted), at: 10)]),
            ])
        _ = queue.handle(.trigger(PassageID(3), Sample.rear, at: ms(40)), at: ms(40))
        #expect(
            queue.handle(.passageClosed(PassageID(3), photosAreDue: true), at: ms(50)) == [
                .settled(PassageID(3), [result(.missing(.interrupted), Sample.rear, at: 40)])
            ])
    }

    @Test mutating func `three failures in a row make a camera faulty, one photo makes it well`() {
        var heard: [PhotoQueue.Action] = []
        let reasons: [PhotoMissing] = [.cameraSilent, .cameraSilent, .notAnImage, .notAnImage]
        for (number, reason) in zip(UInt64(1)..., reasons) {
            begin(PassageID(number), number)
            heard += queue.handle(.failed(id(PassageID(number)), reason), at: ms(0))
        }
        #expect(heard.filter { $0 != .wake(nil) } == [.camera(Sample.front, .faulty(.notAnImage))])
        begin(PassageID(9), 9)
        let answer = queue.handle(.captured(id(PassageID(9)), Sample.file(Sample.name(9))), at: ms(0))
        #expect(answer == [.camera(Sample.front, .well), .wake(nil)])
    }

    @Test mutating func `a full store is told once, and once when it has room`() {
        var heard: [PhotoQueue.Action] = []
        for number in UInt64(1)...3 {
            begin(PassageID(number), number)
            heard += queue.handle(.failed(id(PassageID(number)), .storeFull, store: .diskFull), at: ms(0))
        }
        begin(PassageID(4), 4)
        heard += queue.handle(.captured(id(PassageID(4)), Sample.file(Sample.name(4))), at: ms(0))
        #expect(heard.filter { $0 != .wake(nil) } == [.store(.diskFull), .store(.hasRoom)])
    }

    @Test mutating func `a store that has room again is told without another photo`() {
        begin(one, 1)
        _ = queue.handle(.failed(id(one), .storeFull, store: .holdsMostBytes(9)), at: ms(0))
        #expect(queue.handle(.store(.holdsMostBytes(9)), at: ms(1)) == [])
        #expect(queue.handle(.store(.diskFull), at: ms(2)) == [.store(.diskFull)])
        #expect(queue.handle(.store(.hasRoom), at: ms(3)) == [.store(.hasRoom)])
    }

    @Test mutating func `memory is bounded, and passages with photos to come are never forgotten`() {
        begin(one, 1)
        for number in 2...UInt64(3 * PhotoQueue.mostPassages) {
            _ = queue.handle(.named(PassageID(number), Sample.journal, Sequence(number)), at: ms(0))
        }
        #expect(queue.awaited(of: one) == 1)
        // Each of these has a photo that waits for its passage's end: at last there is no room for another.
        for number in UInt64(1_000)..<UInt64(1_000 + 2 * PhotoQueue.mostPassages) {
            _ = queue.handle(.trigger(PassageID(number), Sample.rear, at: ms(0)), at: ms(0))
            _ = queue.handle(.failed(id(PassageID(number)), .cameraSilent), at: ms(0))
        }
        let last = PassageID(1_000 + UInt64(2 * PhotoQueue.mostPassages) - 1)
        #expect(queue.handle(.passageClosed(last, photosAreDue: true), at: ms(1)) == [])
        #expect(queue.awaited(of: one) == 1)
    }
}
