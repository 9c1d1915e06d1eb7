import Devices
import Lane
import Peripherals
import Storage

/// A walk through as much memory as a list has: each cache line holds the offset of the next, all of them in one circle. Nothing that
/// reads one place after the other, each told by the last, can be faster. Its file is mapped as the list's is.
struct MemoryWalk: ~Copyable {
    static let line = 64

    let path: String
    private let memory: MappedFile
    private var place = 0

    /// - Parameter bytes: of the file; at least two lines.
    init(bytes: Int, in folder: String) throws {
        path = "\(folder)/walk-\(bytes)"
        let lines = bytes / Self.line
        precondition(lines >= 2, "a walk has two lines or more")
        let file = try DurableFile(replacing: path)
        let next = Self.circle(of: lines)
        var piece: [UInt8] = []
        for line in 0..<lines {
            let offset = UInt64(next[line]) * UInt64(Self.line)
            piece.append(contentsOf: (0..<8).map { UInt8(truncatingIfNeeded: offset >> UInt64(8 * $0)) })
            piece.append(contentsOf: repeatElement(0, count: Self.line - 8))
            guard piece.count >= 1 << 22 || line == lines - 1 else { continue }
            try file.write(piece)
            piece.removeAll(keepingCapacity: true)
        }
        try file.commit()
        memory = try MappedFile(path: path, isReadAnew: true)
    }

    var lines: Int { memory.count / Self.line }

    /// Reads every line, so that all pages are mapped.
    func warm() -> Int { memory.sweep() }

    /// One step, as long as a load.
    @inline(__always)
    mutating func step() -> Int {
        place = memory.number(at: place)
        return place
    }

    /// Which line follows each, in one circle through all of them (Sattolo 1986).
    static func circle(of lines: Int) -> [UInt32] {
        var next = (0..<UInt32(lines)).map { $0 }
        var chance = SmallGenerator(seed: 1)
        for line in stride(from: lines - 1, to: 0, by: -1) {
            next.swapAt(line, Int(chance.next().multipliedFullWidth(by: UInt64(line)).high))
        }
        return next
    }
}
