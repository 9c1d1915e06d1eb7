/// Who holds which lock on a database, as SQLite has them on Linux: many share, one reserves, waits for the others, is alone.
struct FileLocks {
    /// From none to alone; each includes those before it.
    enum Level: Int32, Comparable {
        case none, shared, reserved, pending, exclusive

        static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
    }

    private var levels: [Int32: Level] = [:]

    /// Raises the lock of a descriptor; false when another's is in the way.
    mutating func raise(_ descriptor: Int32, to level: Level) -> Bool {
        let own = levels[descriptor] ?? .none
        guard own < level else { return true }
        let highest = levels.filter { $0.key != descriptor }.values.max() ?? .none
        switch level {
        case .none: return true
        case .shared: guard highest < .pending else { return false }
        case .reserved: guard highest < .reserved else { return false }
        case .pending, .exclusive:
            guard highest < .reserved else { return false }
            guard highest == .none else {
                // No new reader comes in while those that are there go.
                levels[descriptor] = .pending
                return false
            }
        }
        levels[descriptor] = level
        return true
    }

    /// Lowers it to shared or none.
    mutating func lower(_ descriptor: Int32, to level: Level) {
        levels[descriptor] = level == .none ? nil : min(levels[descriptor] ?? .none, level)
    }

    /// Whether somebody is about to write.
    var isReserved: Bool { levels.values.contains { $0 >= .reserved } }
}
