import Glibc

/// The memory that connections to one database share, and the locks on it: the index of its write-ahead log. A crash takes it.
struct SharedMemory {
    /// SQLite has so many locks.
    static let locks = 8

    /// Whose locks: one bit for each.
    private struct Held {
        var shared: UInt8 = 0
        var exclusive: UInt8 = 0
    }

    /// Addresses: SQLite works in the memory itself.
    private var regions: [UInt] = []
    private var holders: [Int32: Held] = [:]

    /// A region of so many bytes, zero at first; nil when there is none and none is to be made.
    mutating func region(_ index: Int, bytes: Int, makes: Bool, for descriptor: Int32) -> UnsafeMutableRawPointer? {
        attach(descriptor)
        while regions.count <= index {
            guard makes, let made = unsafe calloc(1, bytes) else { return nil }
            regions.append(UInt(bitPattern: made))
        }
        return unsafe UnsafeMutableRawPointer(bitPattern: regions[index])
    }

    /// The descriptor uses this memory.
    mutating func attach(_ descriptor: Int32) {
        if holders[descriptor] == nil { holders[descriptor] = Held() }
    }

    /// The descriptor lets go of it and of its locks.
    mutating func detach(_ descriptor: Int32) { holders[descriptor] = nil }

    /// Nobody uses it.
    var isUnused: Bool { holders.isEmpty }

    /// Gives the memory back.
    mutating func free() {
        for region in regions { unsafe Glibc.free(UnsafeMutableRawPointer(bitPattern: region)) }
        regions = []
    }

    /// Takes or gives back so many locks from the first on; false when another's is in the way.
    mutating func lock(_ descriptor: Int32, first: Int, count: Int, takes: Bool, isShared: Bool) -> Bool {
        let mask = UInt8(truncatingIfNeeded: ((1 << count) - 1) << first)
        var own = holders[descriptor] ?? Held()
        if takes {
            for (other, held) in holders where other != descriptor {
                guard (isShared ? held.exclusive : held.exclusive | held.shared) & mask == 0 else { return false }
            }
            if isShared { own.shared |= mask } else { own.exclusive |= mask }
        } else {
            own.shared &= ~mask
            own.exclusive &= ~mask
        }
        holders[descriptor] = own
        return true
    }
}
