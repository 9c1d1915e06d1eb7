import Devices
import Lane
import Peripherals

/// The least that a simulation of a lane does: vehicles arrive at random, wait for the one before, and leave; two events each, in
/// a binary heap of values.
struct BareLoop {
    private struct Event {
        let at: Int64
        let isArrival: Bool
    }

    private static let meanGap: UInt64 = 2_000_000_000
    private static let occupied: Int64 = 300_000_000

    private var heap: [Event] = []
    private var chance: SmallGenerator
    private var free: Int64 = 0

    private init(seed: UInt64) { chance = SmallGenerator(seed: seed) }

    /// Vehicles a second.
    static func rate(vehicles: Int, seed: UInt64) -> Double {
        var loop = BareLoop(seed: seed)
        let start = MonotonicClock.now()
        let left = loop.run(vehicles)
        precondition(left == vehicles, "every vehicle leaves the lane")
        return YearLoop.rate(vehicles, MonotonicClock.now() - start)
    }

    private mutating func run(_ vehicles: Int) -> Int {
        var (arrived, left) = (1, 0)
        push(Event(at: 0, isArrival: true))
        while let event = pop() {
            guard event.isArrival else {
                left += 1
                continue
            }
            free = max(free, event.at) + Self.occupied
            push(Event(at: free, isArrival: false))
            guard arrived < vehicles else { continue }
            arrived += 1
            let gap = Int64(chance.next().multipliedFullWidth(by: 2 * Self.meanGap).high)
            push(Event(at: event.at + gap, isArrival: true))
        }
        return left
    }

    private mutating func push(_ event: Event) {
        heap.append(event)
        var place = heap.count - 1
        while place > 0, event.at < heap[(place - 1) / 2].at {
            heap[place] = heap[(place - 1) / 2]
            place = (place - 1) / 2
        }
        heap[place] = event
    }

    private mutating func pop() -> Event? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return first }
        var place = 0
        while true {
            var child = 2 * place + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].at < heap[child].at { child += 1 }
            guard heap[child].at < last.at else { break }
            heap[place] = heap[child]
            place = child
        }
        heap[place] = last
        return first
    }
}
