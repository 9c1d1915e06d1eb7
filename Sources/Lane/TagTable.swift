/// The tags that were heard last, found by number, the longest unheard forgotten first. Flat: slots in one array, linked by their
/// places, so that neither a search nor forgetting looks at more than a few of them.
struct TagTable {
    private struct Slot {
        var heard: HeardTag
        /// The next one whose number falls into the same bucket.
        var next: Int32
        /// Neighbours in the order of hearing; `none` at the ends.
        var older: Int32
        var newer: Int32
    }

    private static let none: Int32 = -1
    /// Twice as many as slots, a power of two: mostly one in a bucket.
    private static let buckets = 4_096

    /// Both are made with the first tag: a table without tags is nothing.
    private var slots: [Slot] = []
    private var firstInBucket: [Int32] = []
    private var oldest = Self.none
    private var newest = Self.none

    subscript(_ slot: Int) -> HeardTag {
        get { slots[slot].heard }
        _modify { yield &slots[slot].heard }
    }

    func slot(of tag: TagNumber) -> Int? {
        guard !firstInBucket.isEmpty else { return nil }
        var place = firstInBucket[Self.bucket(of: tag)]
        while place != Self.none {
            if slots[Int(place)].heard.tag == tag { return Int(place) }
            place = slots[Int(place)].next
        }
        return nil
    }

    /// The tag's slot, made where there is none, and the newest from now on.
    mutating func renew(_ tag: TagNumber) -> Int {
        if let slot = slot(of: tag) {
            unlink(slot)
            link(slot)
            return slot
        }
        if firstInBucket.isEmpty { firstInBucket = Array(repeating: Self.none, count: Self.buckets) }
        let slot = freeSlot(for: tag)
        let bucket = Self.bucket(of: tag)
        slots[slot].next = firstInBucket[bucket]
        firstInBucket[bucket] = Int32(slot)
        link(slot)
        return slot
    }

    private mutating func freeSlot(for tag: TagNumber) -> Int {
        let fresh = Slot(heard: HeardTag(tag: tag), next: Self.none, older: Self.none, newer: Self.none)
        guard slots.count == TagMemory.most else {
            slots.append(fresh)
            return slots.count - 1
        }
        let slot = Int(oldest)
        unlink(slot)
        leaveBucket(slot)
        slots[slot] = fresh
        return slot
    }

    private mutating func leaveBucket(_ slot: Int) {
        let bucket = Self.bucket(of: slots[slot].heard.tag)
        var place = firstInBucket[bucket]
        if place == Int32(slot) {
            firstInBucket[bucket] = slots[slot].next
            return
        }
        while place != Self.none {
            let next = slots[Int(place)].next
            if next == Int32(slot) { slots[Int(place)].next = slots[slot].next }
            place = next
        }
    }

    private mutating func link(_ slot: Int) {
        slots[slot].older = newest
        slots[slot].newer = Self.none
        if newest == Self.none { oldest = Int32(slot) } else { slots[Int(newest)].newer = Int32(slot) }
        newest = Int32(slot)
    }

    private mutating func unlink(_ slot: Int) {
        let (older, newer) = (slots[slot].older, slots[slot].newer)
        if older == Self.none { oldest = newer } else { slots[Int(older)].newer = newer }
        if newer == Self.none { newest = older } else { slots[Int(newer)].older = older }
    }

    /// Numbers of one series lie side by side: multiplied by 2^64 ÷ φ, they are spread.
    private static func bucket(of tag: TagNumber) -> Int {
        Int(truncatingIfNeeded: (tag.key &* 0x9E37_79B9_7F4A_7C15) >> 52)
    }
}
