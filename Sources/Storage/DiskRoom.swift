/// How much room a disk has.
package struct DiskRoom: Hashable, Sendable {
    /// Bytes that a program without privileges can still write.
    package let free: Int
    /// Bytes in all.
    package let total: Int

    package init(free: Int, total: Int) {
        self.free = free
        self.total = total
    }

    /// Room that others than the journal leave to it: a tenth of the disk, and 1 GB at most, which is a million records.
    package var ofJournal: Int { min(total / 10, 1_000_000_000) }

    /// Below twice that somebody should look: four fifths of a small disk are full.
    package var isFilling: Bool { free < 2 * ofJournal }
}
