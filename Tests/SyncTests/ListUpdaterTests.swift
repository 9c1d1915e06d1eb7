import Exchange
import Lane
import Testing

@testable import Sync

@Suite struct `The list updater` {
    @Test func `verifies what lies there, asks for what comes after it, and takes a list step by step`() throws {
        var story = ListStory(inForce: 7)
        #expect(story.said == [.verify])
        #expect(story.tell(.verified) == [.ask(after: v(7))])
        let offer = story.offer(8, bytes: ListUpdater.pieceBytes + 100)
        #expect(story.tell(.offered(offer)) == [.look(offer, afresh: false)])
        #expect(story.tell(.room(have: 0)) == [.fetch(offer, from: 0, most: ListUpdater.pieceBytes)])
        #expect(
            story.tell(.piece(upTo: ListUpdater.pieceBytes))
                == [.fetch(offer, from: ListUpdater.pieceBytes, most: 100)])
        #expect(story.updater.progress == .fetching(v(8), have: ListUpdater.pieceBytes, of: offer.bytes))
        #expect(story.tell(.piece(upTo: offer.bytes)) == [.build(.download(offer), above: v(7))])
        #expect(story.updater.progress == .building)
        #expect(story.tell(.built(.init(v(8), activeIn: nil))) == [.adopt(v(8))])
        #expect(story.updater.inForce == v(7), "not before it is in its place")
        #expect(story.tell(.adopted(v(8))) == [.condition(.current)])
        #expect(story.updater.inForce == v(8))
        #expect(story.restsAsUsual)
        #expect(story.wake() == [.ask(after: v(8))])
    }

    @Test func `takes the first list of all`() {
        var story = ListStory(inForce: nil)
        #expect(story.said == [.ask(after: nil)])
        let offer = story.offer(7)
        #expect(story.take(offer).last == .adopt(v(7)))
    }

    @Test func `goes on with a download that lies there, and builds at once what is all there`() {
        var story = ListStory.asking(inForce: 7)
        let offer = story.offer(8, bytes: 900)
        story.tell(.offered(offer))
        #expect(story.tell(.room(have: 500)) == [.fetch(offer, from: 500, most: 400)])
        story = .asking(inForce: 7)
        story.tell(.offered(offer))
        #expect(story.tell(.room(have: 900)) == [.build(.download(offer), above: v(7))])
    }

    @Test func `takes changes one after the other at once, while central has spoken of a higher version`() {
        var story = ListStory.asking(inForce: 7)
        for version in 8...10 as ClosedRange<UInt32> {
            story.take(story.offer(version, after: version - 1, newest: 10))
            let said = story.tell(.adopted(v(version)))
            #expect(said.last == (version < 10 ? .ask(after: v(version)) : nil))
        }
        #expect(story.restsAsUsual)
    }

    @Test func `rests after many changes, however far central says that it is ahead`() {
        var story = ListStory.asking(inForce: 7)
        var taken = 0
        while !story.rests {
            let version = story.updater.inForce.map(\.version) ?? 0
            story.take(story.offer(version + 1, after: version, newest: .max))
            story.tell(.adopted(v(version + 1)))
            taken += 1
            guard taken <= ListUpdater.mostSteps else { break }
        }
        #expect(taken == ListUpdater.mostSteps)
    }

    @Test func `asks for a whole list where a change is on another base`() {
        var story = ListStory.asking(inForce: 7)
        #expect(story.tell(.offered(story.offer(9, after: 8))) == [.ask(after: nil)])
        // And no more than that: a central that offers changes only is asked again at the usual distance.
        let said = story.tell(.offered(story.offer(9, after: 8)))
        #expect(said == [.condition(.refused("central offers a change where a whole list was asked for"))])
        #expect(story.restsAsUsual)
        #expect(story.wake() == [.ask(after: nil)])
        #expect(story.take(story.offer(9)).last == .adopt(v(9)))
    }

    @Test func `asks for a whole list where a change did not fit`() {
        var story = ListStory.asking(inForce: 7)
        let change = story.offer(8, after: 7)
        story.fetch(change)
        #expect(story.tell(.notBuilt(.otherBase("change is for another list"))) == [.ask(after: nil)])
        story.fetch(change)
        #expect(story.restsAsUsual, "a change to who asked for a whole list is not fetched")
        #expect(story.wake() == [.ask(after: nil)])
    }

    @Test func `refuses an older list, whoever signed it; the same one is nothing new`() {
        var story = ListStory.asking(inForce: 8)
        #expect(
            story.tell(.offered(story.offer(7))) == [
                .condition(.refused("list 1.7 is older than 1.8, which is in force"))
            ])
        #expect(story.restsAsUsual)
        story = .asking(inForce: 8)
        #expect(story.tell(.offered(story.offer(8))) == [.condition(.current)])
        // A higher epoch is newer, whatever its version.
        story = .asking(inForce: 8)
        var offer = story.offer(1)
        offer.version = ListVersion(epoch: 2, version: 1)
        offer.newest = offer.version
        #expect(story.tell(.offered(offer)) == [.look(offer, afresh: false)])
    }

    @Test func `refuses before the download what has no room`() {
        var story = ListStory.asking(inForce: 7)
        let large = story.offer(8, bytes: ListStory.mostBytes + 1)
        guard case .condition(.tooLarge(let reason))? = story.tell(.offered(large)).first else {
            Issue.record("too large")
            return
        }
        #expect(reason.contains("listMemory allows \(ListStory.mostBytes)") && story.restsAsUsual)
        story.wake()
        story.tell(.offered(story.offer(8)))
        #expect(story.tell(.noRoom("make room")) == [.condition(.tooLarge("make room"))])
        #expect(story.restsAsUsual)
    }

    @Test func `refuses an offer that no list could be, and one of another list`() {
        var story = ListStory.asking(inForce: 7)
        var offer = story.offer(8)
        offer.listBytes = .max
        guard case .condition(.refused)? = story.tell(.offered(offer)).first else {
            Issue.record("refused")
            return
        }
        story.wake()
        offer = story.offer(8)
        offer.name = "local"
        #expect(
            story.tell(.offered(offer))
                == [.condition(.refused("central offers the list local, not national"))])
    }

    @Test func `does not fetch a file again and again that is never what it should be`() {
        var story = ListStory.asking(inForce: 7)
        var fetched = 0
        let end = story.now + .hours(23)
        while story.now < end {
            story.tell(.offered(story.offer(8)))
            if case .looking = story.updater.phase {
                fetched += 1
                story.tell(.room(have: 0))
                story.tell(.piece(upTo: story.offer(8).bytes))
                story.tell(.notBuilt(.refused("wrong signature")))
            }
            #expect(story.updater.inForce == v(7))
            story.wake()
        }
        #expect((20...34).contains(fetched), "twice at once, then up to once an hour: \(fetched)")
        // Another file is fetched at once.
        story.tell(.offered(story.offer(9)))
        #expect(story.tell(.room(have: 0)).count == 1)
    }

    @Test func `backs off while central does not answer, and resumes what it has`() {
        var story = ListStory.asking(inForce: 7)
        let first = story.now
        for _ in 0..<12 {
            #expect(story.tell(.later("no answer", notBefore: nil)).filter { !$0.isCondition } == [])
            #expect(story.wake() == [.ask(after: v(7))])
        }
        #expect(story.now - first > .minutes(2), "the pauses have grown")
        story.tell(.later("too many lists are being fetched", notBefore: .minutes(20)))
        #expect((story.wakeAt ?? story.now) - story.now >= .minutes(5), "at most as long as central may ask for")
    }

    @Test func `says at once that central is gone, and with the first piece that it is there again`() {
        var story = ListStory.asking(inForce: 7)
        #expect(story.tell(.later("500", notBefore: nil)) == [.condition(.unreachable("500"))])
        #expect(story.wake() == [.ask(after: v(7))])
        #expect(story.tell(.later("500", notBefore: nil)) == [], "that is known")
        story.wake()
        let offer = story.offer(8, bytes: ListUpdater.pieceBytes + 100)
        story.tell(.offered(offer))
        story.tell(.room(have: 0))
        #expect(story.tell(.piece(upTo: ListUpdater.pieceBytes)).first == .condition(.coming))
        #expect(story.tell(.piece(upTo: offer.bytes)) == [.build(.download(offer), above: v(7))])
    }

    @Test func `is patient with a central server that gives it no turn yet, and not for ever`() {
        var story = ListStory.asking(inForce: 7)
        for _ in 0..<ListUpdater.mostTurns {
            #expect(story.tell(.later("too many", notBefore: .seconds(5))) == [])
            story.wake()
        }
        #expect(story.tell(.later("too many", notBefore: .seconds(5))) == [.condition(.unreachable("too many"))])
    }

    @Test func `does not wait longer and longer for a line that breaks at every piece`() {
        var story = ListStory.asking(inForce: 7)
        let offer = story.offer(8, bytes: 20 * ListUpdater.pieceBytes)
        let first = story.now
        for piece in 0..<15 {
            story.tell(.offered(offer))
            story.tell(.room(have: piece * ListUpdater.pieceBytes))
            story.tell(.piece(upTo: (piece + 1) * ListUpdater.pieceBytes))
            story.tell(.later("the connection broke", notBefore: nil))
            story.wake()
        }
        #expect(story.now - first < .minutes(1))
    }

    @Test func `fetches afresh what is another file now, and what is longer than was offered`() {
        for event in [ListUpdater.Event.changed("another tag"), .piece(upTo: 5_000)] {
            var story = ListStory.asking(inForce: 7)
            let offer = story.offer(8, bytes: 900)
            story.tell(.offered(offer))
            story.tell(.room(have: 500))
            story.tell(event)
            #expect(story.rests)
            story.wake()
            #expect(story.tell(.offered(offer)) == [.look(offer, afresh: true)])
        }
    }
}

private func v(_ version: UInt32) -> ListVersion { ListVersion(epoch: 1, version: version) }
