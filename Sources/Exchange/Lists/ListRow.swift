/// An entry of a list in the making, as the file has it, and where its maker has it from.
struct ListRow {
    var mixed: UInt64
    var word: UInt64
    var line: UInt64

    static let bytes = 24
}

extension [ListRow] {
    /// No more rows than these are sorted by putting each where it belongs among those before it.
    private static var few: Int { 24 }

    /// Sorts by mixed key; rows with one key stay in their order. `bits`: how many of the lowest bits keys may differ in.
    mutating func sortByKey(bits: Int) {
        var scratch = self
        sortByKey(indices, bits: bits, &scratch)
    }

    /// Mixed keys spread evenly, so one distribution by as many bits as there are rows leaves one or two together. Keys that somebody
    /// chose are distributed again by their next bits, so that time grows with their number and no faster.
    private mutating func sortByKey(_ range: Range<Int>, bits: Int, _ scratch: inout [ListRow]) {
        guard range.count > Self.few else { return sortFew(range) }
        guard bits > 0 else { return }
        let taken = Swift.min(bits, 16, Int.bitWidth - range.count.leadingZeroBitCount)
        let shift = UInt64(bits - taken)
        let mask = (UInt64(1) << UInt64(taken)) - 1
        // Where each bin begins; while rows are distributed, its next free place: in the end, where the next begins.
        var ends = [Int](repeating: 0, count: 1 << taken)
        for place in range { ends[Int(self[place].mixed >> shift & mask)] += 1 }
        var sum = range.lowerBound
        for bin in ends.indices { (ends[bin], sum) = (sum, sum + ends[bin]) }
        for place in range { scratch[place] = self[place] }
        for place in range {
            let row = scratch[place]
            let bin = Int(row.mixed >> shift & mask)
            self[ends[bin]] = row
            ends[bin] += 1
        }
        var start = range.lowerBound
        for end in ends {
            if end > start + 1 { sortByKey(start..<end, bits: Int(shift), &scratch) }
            start = end
        }
    }

    /// Leaves of sorted rows one for each key, the more cautious; takes each pair of which one was kept and one left out.
    mutating func setDuplicatesAside(_ note: (_ kept: ListRow, _ leftOut: ListRow) -> Void) {
        var distinct = 0
        for place in indices {
            let row = self[place]
            guard distinct > 0, self[distinct - 1].mixed == row.mixed else {
                self[distinct] = row
                distinct += 1
                continue
            }
            let last = self[distinct - 1]
            let isGraver = AgreementListEntry.isGraver(row.word, than: last.word)
            if isGraver { self[distinct - 1] = row }
            note(isGraver ? row : last, isGraver ? last : row)
        }
        removeSubrange(distinct...)
    }

    private mutating func sortFew(_ range: Range<Int>) {
        for place in range.dropFirst() {
            let row = self[place]
            var free = place
            while free > range.lowerBound, self[free - 1].mixed > row.mixed {
                self[free] = self[free - 1]
                free -= 1
            }
            self[free] = row
        }
    }
}
