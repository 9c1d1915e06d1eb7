import Lane
import Peripherals
import Storage

/// A file of the station's that a scenario damages.
package enum StateFile: String, CaseIterable, Hashable, Sendable {
    /// With its log.
    case journal
    /// The agreement list in force.
    case list
    /// The one before it.
    case listBefore

    /// What people call it.
    package var words: String {
        switch self {
        case .journal: "journal"
        case .list: "list in force"
        case .listBefore: "list before"
        }
    }
}

/// What happens to a file that lies there.
package enum FileDamage: String, CaseIterable, Hashable, Sendable {
    /// One bit: of a sealed record, a row that is not sealed or the log of the journal, anywhere in a list.
    case bitFlipped
    /// Some pages are zeros, as after a power cut on a bad disk.
    case zeros
    case truncated
    case gone

    /// What people call it.
    package var words: String {
        switch self {
        case .bitFlipped: "bit flipped"
        case .zeros: "zeros"
        case .truncated: "truncated"
        case .gone: "gone"
        }
    }

    /// A page of a database, and of the system's memory.
    private static let page = 4_096
    /// What is damaged is no larger.
    private static let mostBytes = 256 << 20

    /// All bytes of a file; none where there is none.
    static func bytes(of path: String, on disk: any Disk = SystemDisk()) throws -> [UInt8] {
        try SourceFile(path, on: disk)?.readAll(most: mostBytes) ?? []
    }

    /// Damages a file; one that is not there stays so.
    ///
    /// - Parameter place: of the bit to be flipped; nil: anywhere.
    /// - Returns: whether the file is another than before: zeros in the place of zeros are no damage.
    /// - Throws: what the disk says.
    func strike(
        _ path: String, at place: Int? = nil, on disk: any Disk = SystemDisk(), _ chance: inout SmallGenerator
    ) throws -> Bool {
        let whole = try Self.bytes(of: path, on: disk)
        guard !whole.isEmpty else { return false }
        var bytes = whole
        func any(below count: Int) -> Int { Int(chance.next() % UInt64(count)) }
        switch self {
        case .gone:
            try delete(path, on: disk)
            return true
        case .truncated: bytes.removeLast(1 + any(below: bytes.count))
        case .bitFlipped: bytes[place ?? any(below: bytes.count)] ^= 1 << UInt8(any(below: 8))
        case .zeros:
            for _ in 0..<1 + any(below: 3) {
                let start = any(below: (bytes.count + Self.page - 1) / Self.page) * Self.page
                for place in start..<min(start + Self.page, bytes.count) { bytes[place] = 0 }
            }
        }
        guard bytes != whole else { return false }
        try DurableFile.replace(path, with: bytes, on: disk)
        return true
    }
}
