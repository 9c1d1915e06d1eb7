import Glibc
import Storage

/// What SQLite's calls need beside those on files.
extension SimulatedDisk {
    /// Lets go of a descriptor, dead or not.
    func forget(_ descriptor: Int32) {
        settle { $0.close(descriptor) }
    }

    /// Lowers a lock; a dead program has none.
    func unlock(_ descriptor: Int32, to level: FileLocks.Level) {
        settle { state in
            guard let file = state.handles[descriptor]?.file else { return }
            state.nodes[file]?.locks.lower(descriptor, to: level)
        }
    }

    /// Lets go of shared memory.
    func leaveMemory(_ descriptor: Int32) {
        settle { $0.leaveMemory(of: $0.handles[descriptor], descriptor) }
    }

    /// Bytes by chance.
    func fill(_ bytes: UnsafeMutableRawBufferPointer) {
        settle { state in
            for place in bytes.indices { unsafe bytes[place] = UInt8(truncatingIfNeeded: state.chance.next()) }
        }
    }

    /// The civil time as SQLite counts it: milliseconds since noon of the first day of 4714 before Christ.
    var julianMilliseconds: Int64 { now + 210_866_760_000_000 }
}

extension DiskState {
    /// Raises a lock; false when another's is in the way. Linux gives a descriptor that only reads no lock to write.
    mutating func lock(_ descriptor: Int32, _ level: FileLocks.Level) throws(Failure) -> Bool {
        let file = try file(descriptor)
        guard level <= .shared || handles[descriptor]?.isWritable == true else { throw Failure(EBADF) }
        return nodes[file]?.locks.raise(descriptor, to: level) ?? false
    }

    /// Syncs a folder's names, by its path.
    mutating func syncFolder(_ path: String) throws(Failure) {
        try begin(whole: .syncFolder)
        names.sync(path)
    }
}
