import Glibc

/// One file's content: what programs see, and what stood in the place of each change that a power cut could still take.
///
/// Syncs are a thousand times as many as power cuts: a sync forgets what stood there, a power cut works back to what is on the medium.
struct FileContent {
    /// What is written whole or not at all.
    static let sector = 512

    private struct Change {
        enum Kind {
            case write(at: Int, count: Int)
            case resize(to: Int)
        }

        let kind: Kind
        let sizeBefore: Int
        /// The bytes that it took the place of, in `replaced`.
        let before: Range<Int>
    }

    private(set) var visible = Bytes()
    /// What is on the medium, where it has not all that programs see although nothing waits: a sync has failed. Nil: it has.
    private var medium: Bytes?
    private var changes: [Change] = []
    private var replaced: [UInt8] = []

    mutating func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        guard unsafe !bytes.isEmpty else { return }
        let end = offset + bytes.count
        unsafe note(
            .write(at: offset, count: bytes.count), inPlaceOf: min(offset, visible.count)..<min(end, visible.count))
        unsafe visible.write(bytes, at: offset)
    }

    mutating func resize(to size: Int) {
        note(.resize(to: size), inPlaceOf: min(size, visible.count)..<visible.count)
        visible.resize(to: size)
    }

    private mutating func note(_ kind: Change.Kind, inPlaceOf range: Range<Int>) {
        let start = replaced.count
        replaced += visible[range]
        changes.append(Change(kind: kind, sizeBefore: visible.count, before: start..<replaced.count))
    }

    /// All changes reach the medium.
    mutating func sync() {
        for change in changes {
            switch change.kind {
            case .resize(let size): medium?.resize(to: size)
            case .write(let offset, let count):
                let range = min(offset, visible.count)..<min(offset + count, visible.count)
                medium?.write(visible[range], at: range.lowerBound)
            }
        }
        forgetChanges()
    }

    /// The power goes: of each change that was not synced the medium has what the cut leaves, and programs see that.
    mutating func lose(_ cut: inout PowerCut) {
        visible = settled(&cut)
        medium = nil
        forgetChanges()
    }

    /// A sync fails, as Linux has it: some changes reached the medium, the others never will, and a later sync says nothing of
    /// them. Programs go on seeing them, or (when memory was short) what is on the medium; the size stays.
    mutating func failSync(_ cut: inout PowerCut) {
        let settled = settled(&cut)
        medium = settled
        forgetChanges()
        guard cut.evicts() else { return }
        let size = visible.count
        visible = settled
        visible.resize(to: size)
    }

    /// What the medium has: the size follows the changes up to a point; each sector of each write is kept, lost or torn by itself.
    private func settled(_ cut: inout PowerCut) -> Bytes {
        var (medium, written) = unchanged()
        if let known = self.medium { medium = known }
        let sized = cut.beginning(of: changes.count)
        for (index, change) in changes.enumerated() {
            switch change.kind {
            case .resize(let size):
                if index < sized { medium.resize(to: size) }
            case .write(let offset, let count):
                if index < sized { medium.resize(to: max(medium.count, offset + count)) }
                var done = 0
                while done < count {
                    let piece = min(count - done, Self.sector - (offset + done) % Self.sector)
                    let fits = max(0, min(piece, medium.count - offset - done))
                    let kept = min(fits, cut.kept(of: piece, place: index, beginning: sized))
                    medium.write(written[index][done..<done + kept], at: offset + done)
                    done += piece
                }
            }
        }
        return medium
    }

    /// The content before all changes, and what each of them wrote.
    private func unchanged() -> (before: Bytes, written: [[UInt8]]) {
        var content = visible
        var written = [[UInt8]](repeating: [], count: changes.count)
        for (index, change) in changes.enumerated().reversed() {
            switch change.kind {
            case .write(let offset, let count):
                written[index] = Array(content[offset..<offset + count])
                content.write(replaced[change.before], at: offset)
                content.resize(to: change.sizeBefore)
            case .resize(let size):
                content.resize(to: change.sizeBefore)
                content.write(replaced[change.before], at: min(size, change.sizeBefore))
            }
        }
        return (content, written)
    }

    private mutating func forgetChanges() {
        changes.removeAll(keepingCapacity: true)
        replaced.removeAll(keepingCapacity: true)
    }
}
