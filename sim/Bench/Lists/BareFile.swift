import Devices
import Exchange
import Glibc

/// The least that makes bytes durable and known: write, one digest over all, fdatasync.
struct BareFile: ~Copyable {
    /// What is written at once.
    static let piece = 1 << 20

    private let file: Descriptor
    private var digest = DigestStream()

    init(path: String) throws {
        let number = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard number >= 0 else { throw BenchError("create \(path): errno \(errno)") }
        file = Descriptor(owning: number)
    }

    /// Appends bytes and takes them into the digest.
    mutating func append(_ bytes: [UInt8]) throws {
        var from = 0
        while from < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe write(file.number, $0.baseAddress?.advanced(by: from), $0.count - from)
            }
            guard count > 0 else { throw BenchError("write: errno \(errno)") }
            from += count
        }
        digest.update(bytes)
    }

    /// Appends all elements as they lie in memory, piece by piece.
    mutating func append<Row: BitwiseCopyable>(_ rows: [Row]) throws {
        let total = rows.count * MemoryLayout<Row>.stride
        for from in stride(from: 0, to: total, by: Self.piece) {
            try append(
                unsafe rows.withUnsafeBytes { unsafe Array($0[from..<min(from + Self.piece, total)]) } as [UInt8])
        }
    }

    /// Syncs. Gives the digest of everything.
    consuming func finish() throws -> Digest {
        guard fdatasync(file.number) == 0 else { throw BenchError("sync: errno \(errno)") }
        return digest.finish()
    }
}
