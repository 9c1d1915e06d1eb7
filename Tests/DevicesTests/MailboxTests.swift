import Lane
import Testing

@testable import Devices

@Suite struct `A mailbox` {
    @Test func `holds no more than its bound, and gives all out in order`() throws {
        let box = try Mailbox<Int>(bound: 3)
        #expect((1...5).map { box.offer($0) } == [true, true, true, false, false])
        #expect(box.takeAll() == [1, 2, 3] && box.takeAll() == [])
        #expect(box.offer(6) && box.takeAll() == [6])
    }

    @Test func `keeps places free for what is more important`() throws {
        let box = try Mailbox<Int>(bound: 3)
        #expect((1...3).map { box.offer($0, leaving: 2) } == [true, false, false])
        #expect((4...6).map { box.offer($0) } == [true, true, false])
    }

    @Test func `makes posters wait for room, wakes each of them, and loses nothing`() throws {
        let (posters, messages) = (4, 500)
        let box = try Mailbox<Int>(bound: 2)
        for poster in 0..<posters {
            _ = WorkerThread(named: "poster") {
                for message in 0..<messages {
                    do { try box.post(poster * messages + message) } catch { Issue.record("\(error)") }
                }
            }
        }
        var taken: [Int] = []
        while taken.count < posters * messages {
            let batch = try #require(try box.waitForAll())
            #expect(batch.count <= 2)
            taken += batch
        }
        #expect(taken.sorted() == Array(0..<posters * messages))
        for poster in 0..<posters {
            let own = taken.filter { $0 / messages == poster }
            #expect(own == own.sorted(), "each poster's messages stay in their order")
        }
        #expect(box.takeAll() == [])
    }

    @Test func `that is closed lets its posters go, gives out what it has, and takes nothing more`() throws {
        let box = try Mailbox<Int>(bound: 1)
        #expect(box.offer(1))
        let posters = (0..<2).map { _ in
            Waiting { do { try box.post(2) } catch { Issue.record("\(error)") } }
        }
        box.close()
        for poster in posters { #expect(poster.hasEnded(within: .seconds(30))) }
        #expect(!box.offer(3))
        try box.post(4)
        #expect(try box.waitForAll() == [1])
        #expect(try box.waitForAll() == nil)
    }

    @Test func `is readable while messages wait`() throws {
        let box = try Mailbox<Int>(bound: 2)
        var poller = Poller(slots: 1)
        poller.watch(0, box.descriptor)
        try poller.wait(until: MonotonicClock.now())
        #expect(poller[0].isEmpty)
        _ = box.offer(1)
        try poller.wait(until: nil)
        #expect(poller[0] == .readable)
        _ = box.takeAll()
        try poller.wait(until: MonotonicClock.now())
        #expect(poller[0].isEmpty)
    }
}

/// A thread whose end is told through a mailbox.
private struct Waiting {
    private let end: Mailbox<Bool>?

    init(_ body: @escaping @Sendable () -> Void) {
        do {
            let end = try Mailbox<Bool>(bound: 1)
            self.end = end
            _ = WorkerThread(named: "waiting") {
                body()
                _ = end.offer(true)
            }
        } catch {
            end = nil
        }
    }

    func hasEnded(within time: Interval) -> Bool {
        guard let end else { return false }
        var poller = Poller(slots: 1)
        poller.watch(0, end.descriptor)
        do { try poller.wait(until: MonotonicClock.now() + time) } catch { return false }
        return end.takeAll() == [true]
    }
}

@Suite struct `A worker thread` {
    @Test func `is waited for, but not longer than asked`() throws {
        let box = try Mailbox<Int>(bound: 1)
        let waits = WorkerThread(named: "waits") {
            do { _ = try box.waitForAll() } catch { Issue.record("\(error)") }
        }
        let ends = WorkerThread(named: "ends") {}
        let hasEnded = ends.join(within: .seconds(30))
        let hasEndedEarly = waits.join(within: .milliseconds(1))
        box.close()
        #expect(hasEnded && !hasEndedEarly)
    }
}
