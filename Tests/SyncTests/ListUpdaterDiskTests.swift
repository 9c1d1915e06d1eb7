import Exchange
import Lane
import Testing

@testable import Sync

/// What people order, the disk, and time.
@Suite struct `The list updater between orders and the disk` {
    @Test func `holds a list of the future until its moment, and looks meanwhile for a newer one`() {
        var story = ListStory.asking(inForce: 7)
        story.fetch(story.offer(8))
        #expect(story.tell(.built(.init(v(8), activeIn: .hours(2)))) == [.condition(.current)])
        #expect(story.updater.progress == .waiting(v(8), until: story.now + .hours(2)))
        let until = story.now + .hours(2)
        #expect(story.wake() == [.ask(after: v(8))])
        story.tell(.newest)
        while story.now < until, let wake = story.wakeAt {
            let said = story.wake()
            if wake < until { story.tell(.newest) } else { #expect(said == [.adopt(v(8))]) }
        }
        story.tell(.adopted(v(8)))
        #expect(story.updater.inForce == v(8) && story.updater.progress == nil)
    }

    @Test func `waits as long as central says where the own clock does not know, the download's time among it`() {
        var story = ListStory.asking(inForce: 7)
        var offer = story.offer(8, bytes: 2 * ListUpdater.pieceBytes)
        offer.activeIn = 300
        let until = story.now + .seconds(300)
        story.tell(.offered(offer))
        story.tell(.room(have: 0))
        // A line that breaks: what is offered the next time says how long it is from then on.
        story.tell(.later("the connection broke", notBefore: .seconds(40)))
        story.wake()
        offer.activeIn = Int((until - story.now).milliseconds / 1_000)
        story.fetch(offer)
        story.tell(.built(.init(v(8), activeIn: nil)))
        guard case .waiting(v(8), let at) = story.updater.progress else {
            Issue.record("it waits")
            return
        }
        #expect(at <= until && until - at <= .seconds(1))
        // What the station's own clock says counts more, and what a person adopts is used at once.
        story = .asking(inForce: 7)
        story.fetch(offer)
        #expect(story.tell(.built(.init(v(8), activeIn: .zero))) == [.adopt(v(8))])
        story = .asking(inForce: 7)
        story.fetch(offer)
        story.tell(.notBuilt(.refused("damaged")))
        story.tell(.ordered(.adopt(["/a"]), 3))
        #expect(story.tell(.built(.init(v(8), activeIn: nil))) == [.adopt(v(8))])
    }

    @Test func `adopts after a restart what waited, as soon as its moment has come`() {
        var stock = ListStock(inForce: v(7))
        stock.next = .init(v(8), activeIn: .seconds(90))
        var story = ListStory(stock)
        story.tell(.verified)
        story.tell(.newest)
        while story.now < second(89), story.wakeAt.map({ $0 < second(90) }) ?? false {
            story.wake()
            story.tell(.newest)
        }
        #expect(story.wake() == [.adopt(v(8))])
        // One that a person went back from is not what waits.
        stock.floor = v(8)
        story = ListStory(stock)
        story.tell(.verified)
        #expect(story.updater.progress == nil)
    }

    @Test func `takes a list that is used sooner before the one that waits, and leaves one that is used later`() {
        var story = ListStory.asking(inForce: 7)
        story.fetch(story.offer(8))
        story.tell(.built(.init(v(8), activeIn: .hours(2))))
        story.wake()
        story.fetch(story.offer(9, after: 8))
        #expect(story.tell(.built(.init(v(9), activeIn: .zero))) == [.adopt(v(9))])
        story = ListStory.asking(inForce: 7)
        story.fetch(story.offer(8))
        story.tell(.built(.init(v(8), activeIn: .hours(2))))
        story.wake()
        story.fetch(story.offer(9, after: 8))
        story.tell(.notBuilt(.tooEarly(v(9))))
        #expect(story.updater.progress == .waiting(v(8), until: second(0) + .hours(2)))
        story.wake()
        #expect(story.tell(.offered(story.offer(9, after: 8))) == [], "it is not fetched again before")
        #expect(story.rests)
    }

    @Test func `keeps what was built where the disk does not take it, and says so until it does`() {
        var story = ListStory.asking(inForce: 7)
        story.take(story.offer(8))
        #expect(story.tell(.notAdopted("no room", isUsable: true)) == [.condition(.refused("no room"))])
        for _ in 0..<3 {
            while story.wake() != [.adopt(v(8))] { #expect(story.tell(.newest) == []) }
            #expect(story.tell(.notAdopted("no room", isUsable: true)) == [])
        }
        while story.wake() != [.adopt(v(8))] { story.tell(.newest) }
        #expect(story.tell(.adopted(v(8))) == [.condition(.current)])
    }

    @Test func `verifies once a day, and fetches a list anew where the one on the disk is damaged`() {
        var story = ListStory.asking(inForce: 8)
        story.tell(.newest)
        var verifications = 0
        while story.now < second(0) + .hours(49) {
            if story.wake() == [.verify] {
                verifications += 1
                #expect(story.tell(.verified).count <= 1)
            }
            story.tell(.newest)
        }
        #expect(verifications == 2)
        while story.wake() != [.verify] { story.tell(.newest) }
        #expect(story.tell(.damaged("damaged", inForce: v(7))) == [.ask(after: nil)])
        #expect(story.updater.inForce == v(7))
        #expect(story.take(story.offer(8)).last == .adopt(v(8)), "it was not refused, only lost")
    }

    @Test func `verifies at once a list of which a part cannot be read, and goes on with what it was fetching`() {
        var story = ListStory.asking(inForce: 8)
        let offer = story.offer(9, bytes: 3 * ListUpdater.pieceBytes)
        story.tell(.offered(offer))
        story.tell(.room(have: 0))
        #expect(story.tell(.unreadable) == [.verify], "it does not wait for the network")
        #expect(story.tell(.piece(upTo: ListUpdater.pieceBytes)) == [])
        #expect(story.tell(.damaged("damaged", inForce: v(7))) == [.ask(after: nil)])
        // While all of it is read anyway: once more, for what was read before that word came.
        story = ListStory(inForce: 8)
        #expect(story.tell(.unreadable) == [])
        #expect(story.tell(.verified) == [.verify])
        #expect(story.tell(.damaged("damaged", inForce: nil)) == [.ask(after: nil)])
    }

    @Test func `asks at once for a list where nothing good is left, and verifies nothing`() {
        var story = ListStory(inForce: 8)
        #expect(story.tell(.damaged("damaged", inForce: nil)) == [.ask(after: nil)])
        story.tell(.later("no answer", notBefore: nil))
        #expect(story.wake() == [.ask(after: nil)])
    }

    @Test func `goes back, and takes only what is higher than what was left`() {
        var story = ListStory.asking(inForce: 8)
        story.tell(.newest)
        #expect(story.tell(.ordered(.back, 5)) == [.goBack])
        let said = story.tell(.wentBack(to: v(7), from: v(8)))
        #expect(said.first?.reply(to: 5)?.isDone == true)
        #expect(said.dropFirst().first == .ask(after: v(8)))
        #expect(story.tell(.offered(story.offer(8))) == [])
        #expect(story.rests && story.updater.inForce == v(7) && story.updater.floor == v(8))
        // A change on what was left has no base here.
        story.wake()
        #expect(story.tell(.offered(story.offer(9, after: 8))) == [.ask(after: nil)])
        #expect(story.take(story.offer(9)).last == .adopt(v(9)))
    }

    @Test func `goes back, and takes a higher list that waits at its moment and not before`() {
        var story = ListStory.asking(inForce: 8)
        story.fetch(story.offer(9))
        story.tell(.built(.init(v(9), activeIn: .hours(2))))
        let until = story.now + .hours(2)
        #expect(story.tell(.ordered(.back, 5)).last == .goBack)
        #expect(story.tell(.wentBack(to: v(7), from: v(8))).contains(.ask(after: v(9))))
        story.tell(.newest)
        #expect(story.updater.progress == .waiting(v(9), until: until))
        while story.now < until {
            let said = story.wake()
            if story.now < until { story.tell(.newest) } else { #expect(said == [.adopt(v(9))]) }
        }
        story.tell(.adopted(v(9)))
        #expect(story.updater.inForce == v(9) && story.updater.progress == nil)
    }

    @Test func `says why it could not go back`() {
        var story = ListStory.asking(inForce: 8)
        story.tell(.newest)
        story.tell(.ordered(.back, 5))
        let reply = story.tell(.notGone("there is no list before 1.8")).first?.reply(to: 5)
        #expect(reply == ListReply(isDone: false, text: "there is no list before 1.8"))
    }

    @Test func `takes a list by hand by the same rules, whatever central says meanwhile`() {
        // In the middle of a download: the order does not wait for the network.
        var story = ListStory.asking(inForce: 7)
        story.tell(.offered(story.offer(8)))
        story.tell(.room(have: 0))
        #expect(story.tell(.ordered(.adopt(["/a"]), 3)) == [.build(.files(["/a"]), above: v(7))])
        #expect(story.tell(.piece(upTo: 900)) == [], "the piece came too late")
        #expect(story.tell(.built(.init(v(9), activeIn: nil))) == [.adopt(v(9))])
        let said = story.tell(.adopted(v(9)))
        #expect(said.first?.reply(to: 3) == ListReply(isDone: true, text: "list 1.9 is in force"))
        #expect(said.dropFirst().first == .ask(after: v(9)))
        story.tell(.newest)
        story.tell(.ordered(.adopt(["/b"]), 4))
        let reply = story.tell(.notBuilt(.refused("list 1.6 is older"))).first?.reply(to: 4)
        #expect(reply == ListReply(isDone: false, text: "list 1.6 is older"))
    }

    @Test func `waits with an order for the disk, and has one at a time`() {
        var story = ListStory.asking(inForce: 7)
        story.fetch(story.offer(8))
        #expect(story.tell(.ordered(.back, 1)) == [])
        #expect(story.tell(.ordered(.back, 2)).first?.reply(to: 2)?.isDone == false)
        // What was being built is in its place first or later; the order goes before.
        #expect(story.tell(.built(.init(v(8), activeIn: nil))) == [.goBack])
        #expect(story.tell(.notGone("nothing before")).first?.reply(to: 1)?.isDone == false)
    }

    @Test func `has a moment for its next question after everything that can be said to it`() {
        for seed in 0..<300 as Range<UInt64> {
            var story = ListStory(ListStock(inForce: seed % 3 == 0 ? nil : v(7)), seed: seed)
            var asked: [Instant] = []
            var chance = SeededChance(seed)
            for _ in 0..<400 {
                let said = story.tell(story.anything(&chance))
                if said.contains(where: { $0.isQuestion }) { asked.append(story.now) }
                if story.isAtRest {
                    #expect(story.wakeAt != nil, "\(story.updater.phase)")
                    story.wake()
                }
            }
            // However it was answered: never so many questions in one moment that it would be a loop.
            let most = Dictionary(grouping: asked) { $0 }.values.map(\.count).max() ?? 0
            #expect(most <= 40, "\(most) questions in one moment, seed \(seed)")
        }
    }
}

private func v(_ version: UInt32) -> ListVersion { ListVersion(epoch: 1, version: version) }
