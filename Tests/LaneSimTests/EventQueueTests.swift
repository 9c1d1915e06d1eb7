import Lane
import Peripherals
import Testing

@testable import LaneSim

@Suite struct EventQueueTests {
    private func taken(_ queue: inout EventQueue<Int>) -> [Int] {
        var all: [Int] = []
        while queue.next != nil { all.append(queue.takeNext()) }
        return all
    }

    @Test func `what happens comes by moment, then by class, then as it came`() {
        var queue = EventQueue<Int>()
        let (early, late) = (Instant(nanoseconds: 5), Instant(nanoseconds: 6))
        queue.add(6, at: late, .fault)
        queue.add(5, at: early, .timer)
        queue.add(3, at: early, .worker)
        queue.add(4, at: early, .worker)
        queue.add(2, at: early, .read)
        queue.add(1, at: early, .edge)
        queue.add(0, at: early, .fault)
        #expect(taken(&queue) == Array(0...6))
    }

    @Test func `a thousand moments in any order come in theirs, with some taken in between`() {
        var queue = EventQueue<Int>()
        var chance = SmallGenerator(seed: 5)
        var last = 0
        for round in 0..<1_000 {
            let moment = last + Int(chance.next() % 100)
            queue.add(moment, at: Instant(nanoseconds: Int64(moment)), .read)
            guard round % 3 == 0 else { continue }
            let next = queue.takeNext()
            #expect(next >= last)
            last = next
        }
        let rest = taken(&queue)
        #expect(rest == rest.sorted() && rest.count == 666)
    }

    @Test func `of the road and the queue in one moment, the road goes first in its class`() {
        let moment = Instant(nanoseconds: 7)
        #expect(Turn(moment, .edge) < Turn(moment, .edge, serial: 1))
        #expect(Turn(moment, .edge, serial: 9) < Turn(moment, .read))
    }
}
