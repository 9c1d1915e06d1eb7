/// Operations in ascending order of their mixed keys: those of a change that is mapped, and those that its maker has in memory.
protocol OrderedOperations {
    var count: Int { get }
    func key(at place: Int) -> UInt64
    func word(at place: Int) -> UInt64
}

extension AgreementList {
    /// Hands on every entry of this list as it is after the operations, in order, in one pass. An operation that changes nothing is
    /// refused: no honest maker writes one. So is a list of which not all could be read: entries would be missing that somebody signs.
    func merge(_ operations: some OrderedOperations, into slots: inout SlotStream) throws(ListError) {
        mapping.willBeReadThrough()
        var next = 0
        let end = operations.count
        var awaited = end > 0 ? operations.key(at: 0) : 0
        for slot in 0..<self.slots {
            var (key, word) = self[slot]
            guard word != 0 else { continue }
            while next < end, awaited <= key {
                let change = operations.word(at: next)
                guard change != (awaited == key ? word : 0) else { throw .idleOperation(operation: next) }
                if awaited == key { word = change } else { try slots.append(awaited, change) }
                next += 1
                if next < end { awaited = operations.key(at: next) }
            }
            if word != 0 { try slots.append(key, word) }
        }
        while next < end {
            guard operations.word(at: next) != 0 else { throw .idleOperation(operation: next) }
            try slots.append(operations.key(at: next), operations.word(at: next))
            next += 1
        }
        try mapping.requireReadable()
    }
}
