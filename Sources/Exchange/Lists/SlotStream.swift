import Lane

/// The content of a whole list, from entries in ascending order of their mixed keys: each put in its place (`AgreementListLayout`) of
/// a file in the making.
struct SlotStream: ~Copyable {
    private(set) var entries = 0
    private(set) var denials = 0
    private var output: ListOutput
    /// Entries that there will be, and buckets for them without the spill.
    private let announced: Int
    private let buckets: Int
    /// The first slot behind the last entry.
    private var free = 0

    /// Begins a list of so many entries.
    init(_ output: consuming ListOutput, entries: Int) {
        self.output = output
        announced = entries
        buckets = AgreementListLayout.buckets(for: entries)
    }

    /// Puts an entry behind those before it; refused where no lookup would find it, and where there are more than were announced.
    @inline(__always) mutating func append(_ mixed: UInt64, _ word: UInt64) throws(ListError) {
        let first = AgreementListLayout.firstSlot(of: mixed, buckets: buckets)
        let slot = max(free, first)
        guard slot - first < AgreementListLayout.mostSlotsOfSearch, entries < announced else {
            throw entries < announced ? .crowded : .count
        }
        while free < first {
            try output.append(0, 0)
            free += 1
        }
        try output.append(mixed, word)
        free = slot + 1
        entries += 1
        if word == AgreementListEntry.denial.word { denials += 1 }
    }

    /// How many buckets the list has with its spill, when the last entry is in its place.
    var bucketsInUse: Int {
        let slots = AgreementListLayout.slotsOfBucket
        return max(buckets, (free + slots - 1) / slots)
    }

    /// The file with all its buckets.
    consuming func filled() throws(ListError) -> ListOutput {
        for _ in free..<bucketsInUse * AgreementListLayout.slotsOfBucket { try output.append(0, 0) }
        return output
    }
}
