import Lane

/// When something happens: its moment, its class, and its place in the order of coming.
struct Turn: Comparable {
    /// Which goes first of what happens in one moment, as in the station's own loop: edges, reads, workers, timers. What goes
    /// wrong, goes wrong before them.
    enum Class: UInt64 {
        case fault
        case edge
        case read
        case worker
        case timer
    }

    let at: Instant
    private let order: UInt64

    /// - Parameter serial: below 2^56; what has none goes before what has one.
    init(_ at: Instant, _ class: Class, serial: UInt64 = 0) {
        self.at = at
        order = `class`.rawValue << 56 | serial
    }

    static func < (a: Turn, b: Turn) -> Bool {
        let (one, other) = (a.at.nanoseconds, b.at.nanoseconds)
        return one == other ? a.order < b.order : one < other
    }
}

/// What is to happen, in the order of its turns. A binary heap.
struct EventQueue<Element> {
    private var heap: [(turn: Turn, slot: Int)] = []
    private var slots: [Element?] = []
    private var free: [Int] = []
    private var serial: UInt64 = 0

    var next: Turn? { heap.first?.turn }

    mutating func add(_ element: Element, at moment: Instant, _ class: Turn.Class) {
        serial += 1
        let slot: Int
        if let last = free.popLast() {
            slot = last
            slots[slot] = element
        } else {
            slot = slots.count
            slots.append(element)
        }
        heap.append((Turn(moment, `class`, serial: serial), slot))
        rise(heap.count - 1)
    }

    /// Takes out what is next; there has to be something.
    mutating func takeNext() -> Element {
        let slot = heap[0].slot
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        free.append(slot)
        guard let element = slots[slot].take() else { preconditionFailure("a slot in the heap is filled") }
        return element
    }

    private mutating func rise(_ start: Int) {
        var place = start
        while place > 0, heap[place].turn < heap[(place - 1) / 2].turn {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    private mutating func sink() {
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2] where child < heap.count {
                if heap[child].turn < heap[least].turn { least = child }
            }
            guard least != place else { return }
            heap.swapAt(place, least)
            place = least
        }
    }
}
