import HTTP
import Lane

/// Files that are kept open for whoever fetches them piece by piece, though their names may have gone.
struct HeldFiles: Sendable {
    /// An open file, and what names its content.
    struct Held: Sendable {
        let file: ServedFile
        let tag: String
    }

    /// How long after its last piece a file is kept open.
    static let longest = Interval.minutes(15)
    /// How many are: each keeps as much of the disk as a list is large.
    static let most = 4

    private var files: [String: (held: Held, last: Instant)] = [:]

    /// How many there are.
    var count: Int { files.count }

    /// A file that somebody asks for again; nil when it is not held.
    mutating func file(_ key: String, at now: Instant) -> Held? {
        forget(at: now)
        guard let found = files[key] else { return nil }
        files[key] = (found.held, now)
        return found.held
    }

    /// Holds a file, in place of one of that name, and of the one that was asked for longest ago when there are too many.
    mutating func keep(_ held: Held, as key: String, at now: Instant) {
        forget(at: now)
        files[key] = (held, now)
        guard files.count > Self.most else { return }
        let oldest = files.min { ($0.value.last, $0.key) < ($1.value.last, $1.key) }
        if let oldest { files[oldest.key] = nil }
    }

    private mutating func forget(at now: Instant) {
        files = files.filter { now - $0.value.last <= Self.longest }
    }
}
