import Lane
import Testing

@testable import Sync

@Suite struct PhotoUploaderTests {
    private let one = PhotoName(sequence: Sequence(3), camera: "front", number: 1)
    private let two = PhotoName(sequence: Sequence(4), camera: "rear", number: 1)

    @Test func `photos go one after the other, only of acknowledged passages, and sent ones are reported`() {
        var uploader = PhotoUploader(seed: 1)
        #expect(
            uploader.handle(.acknowledged(upTo: Sequence(5)), at: second(0)) == [.send(after: nil, upTo: Sequence(5))])
        #expect(uploader.handle(.acknowledged(upTo: Sequence(6)), at: second(0)) == [])
        #expect(
            uploader.handle(.answer(.sent(one)), at: second(1))
                == [.sent(one), .condition(.delivering), .send(after: one, upTo: Sequence(6))])
        #expect(
            uploader.handle(.answer(.refused(two, reason: "another is there")), at: second(2))
                == [.refused(two, reason: "another is there"), .send(after: two, upTo: Sequence(6))])
        // Something was acknowledged while it was busy: once more from where it is.
        #expect(
            uploader.handle(.answer(.none), at: second(3)) == [.send(after: two, upTo: Sequence(6))])
        #expect(
            uploader.handle(.answer(.none), at: second(3)) == [.wake(second(3) + PhotoUploader.lookAgain)])
        #expect(
            uploader.handle(.wake, at: second(3) + PhotoUploader.lookAgain)
                == [.send(after: nil, upTo: Sequence(6)), .wake(nil)])
    }

    @Test func `a photo whose passage is not there yet, or no answer, is tried again later`() {
        for answer in [PhotoAnswer.notYet(one), .later("no answer", notBefore: nil)] {
            var uploader = PhotoUploader(seed: 1)
            _ = uploader.handle(.acknowledged(upTo: Sequence(5)), at: second(0))
            let actions = uploader.handle(.answer(answer), at: second(0))
            guard case .wake(let wake?) = actions.last else {
                Issue.record("no wake")
                continue
            }
            #expect(wake <= second(0) + BackOff.shortest)
            #expect(
                uploader.handle(.wake, at: wake) == [.send(after: nil, upTo: Sequence(5)), .wake(nil)])
        }
    }

    @Test func `a new journal's photos go from its first on, and an answer about the old one's means nothing`() {
        var uploader = PhotoUploader(seed: 1)
        _ = uploader.handle(.acknowledged(upTo: Sequence(5)), at: second(0))
        _ = uploader.handle(.answer(.sent(one)), at: second(0))
        #expect(uploader.handle(.start(upTo: Sequence(0)), at: second(1)) == [])
        #expect(uploader.handle(.acknowledged(upTo: Sequence(2)), at: second(1)) == [])
        #expect(uploader.handle(.answer(.sent(two)), at: second(1)) == [.send(after: nil, upTo: Sequence(2))])
        _ = uploader.handle(.answer(.none), at: second(1))
        #expect(uploader.handle(.start(upTo: Sequence(0)), at: second(2)).filter { $0 != .wake(nil) } == [])
        #expect(
            uploader.handle(.start(upTo: Sequence(7)), at: second(2)) == [.send(after: nil, upTo: Sequence(7))])
    }

    @Test func `central that went back takes photos only as far as it has come again`() {
        var uploader = PhotoUploader(seed: 1)
        _ = uploader.handle(.acknowledged(upTo: Sequence(5)), at: second(0))
        _ = uploader.handle(.answer(.none), at: second(0))
        #expect(
            uploader.handle(.acknowledged(upTo: Sequence(2)), at: second(1)) == [.send(after: nil, upTo: Sequence(2))])
    }
}
