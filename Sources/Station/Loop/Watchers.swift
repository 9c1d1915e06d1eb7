import FoundationEssentials
import HTTP
import Lane
import Synchronization

/// Who watches passages live, each through an outbox of its own.
final class Watchers: Sendable {
    /// Terminals and consoles at one time.
    static let most = 16

    private struct Watcher {
        let outbox: Outbox
        /// Shows tag numbers in clear.
        let isClear: Bool
    }
    private let watchers = Mutex<[Watcher]>([])

    /// A new watcher's outbox; nil when they are too many.
    func join(clear: Bool) -> Outbox? {
        let outbox = Outbox()
        let isIn = watchers.withLock { watchers in
            watchers.removeAll { $0.outbox.isClosed }
            guard watchers.count < Self.most else { return false }
            watchers.append(Watcher(outbox: outbox, isClear: clear))
            return true
        }
        return isIn ? outbox : nil
    }

    /// Tells all of them; one that does not keep up is cut off.
    func tell(_ notice: PassageNotice) {
        watchers.withLock { watchers in
            // The decision thread does this: each of the two texts is made once, whoever watches.
            let redacted = watchers.contains { !$0.isClear } ? WatchLine(notice, clear: false).event : []
            let clear = watchers.contains(where: \.isClear) ? WatchLine(notice, clear: true).event : []
            watchers.removeAll { !$0.outbox.post($0.isClear ? clear : redacted) }
        }
    }

    func finish() {
        watchers.withLock { watchers in
            for watcher in watchers { watcher.outbox.close() }
            watchers = []
        }
    }
}
