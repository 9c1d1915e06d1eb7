import Glibc

/// One file's content three times: what programs see, what is on the medium, and the changes between the two in their order.
struct FileContent {
    /// What is written whole or not at all.
    static let sector = 512

    private enum Change {
        /// Bytes that stand in `written`.
        case write(at: Int, from: Int, count: Int)
        case resize(Int)
    }

    private(set) var visible = Bytes()
    private(set) var durable = Bytes()
    private var changes: [Change] = []
    private var written: [UInt8] = []

    /// Whether a power cut could take something.
    var isSynced: Bool { changes.isEmpty }

    mutating func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        unsafe visible.write(bytes, at: offset)
        unsafe changes.append(.write(at: offset, from: written.count, count: bytes.count))
        unsafe written.append(contentsOf: bytes)
    }

    mutating func resize(to size: Int) {
        visible.resize(to: size)
        changes.append(.resize(size))
    }

    /// All changes reach the medium.
    mutating func sync() {
        for change in changes {
            switch change {
            case .resize(let size): durable.resize(to: size)
            case .write(let offset, let start, let count): put(start..<(start + count), at: offset)
            }
        }
        forgetChanges()
    }

    /// The power goes: of each change that was not synced the medium has what the cut leaves, and programs see that.
    mutating func lose(_ cut: inout PowerCut) {
        settle(&cut)
        visible = durable
    }

    /// A sync fails, as Linux has it: some changes reached the medium, the others never will, and a later sync says nothing of
    /// them. Programs go on seeing them, or (when memory was short) what is on the medium; the size stays.
    mutating func failSync(_ cut: inout PowerCut) {
        settle(&cut)
        guard cut.evicts() else { return }
        let size = visible.count
        visible = durable
        visible.resize(to: size)
    }

    /// The size follows the changes up to a point; each sector of each write is kept, lost or torn by itself.
    private mutating func settle(_ cut: inout PowerCut) {
        let sized = cut.beginning(of: changes.count)
        for (index, change) in changes.enumerated() {
            switch change {
            case .resize(let size):
                if index < sized { durable.resize(to: size) }
            case .write(let offset, let start, let count):
                if index < sized { durable.resize(to: max(durable.count, offset + count)) }
                var done = 0
                while done < count {
                    let piece = min(count - done, Self.sector - (offset + done) % Self.sector)
                    let fits = max(0, min(piece, durable.count - offset - done))
                    let kept = min(fits, cut.kept(of: piece, place: index, beginning: sized))
                    put((start + done)..<(start + done + kept), at: offset + done)
                    done += piece
                }
            }
        }
        forgetChanges()
    }

    private mutating func put(_ range: Range<Int>, at offset: Int) {
        unsafe written.withUnsafeBytes { unsafe durable.write(UnsafeRawBufferPointer(rebasing: $0[range]), at: offset) }
    }

    private mutating func forgetChanges() {
        changes.removeAll(keepingCapacity: true)
        written.removeAll(keepingCapacity: true)
    }
}
