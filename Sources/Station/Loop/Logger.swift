import Devices
import Exchange
import Glibc
import Lane
import Synchronization

/// Writes the log to standard error from a thread of its own. A full queue loses lines and says how many.
final class Logger: Sendable {
    /// A minute of a station in trouble.
    private static let mostWaiting = 4_096

    private let lines: Mailbox<[UInt8]>
    private let lost = Atomic<Int>(0)
    private let level: LogSection.Level

    init(_ level: LogSection.Level) throws(PortError) {
        self.level = level
        lines = try Mailbox(bound: Self.mostWaiting)
    }

    /// Takes an entry; never waits.
    func log(_ entry: LogEntry) {
        guard entry.level.importance <= level else { return }
        if !lines.offer(Array("\(WallClock.now().text) \(entry.line)\n".utf8)) {
            lost.wrappingAdd(1, ordering: .relaxed)
        }
    }

    /// Writes until `finish`; the logger's own thread runs it.
    func run() throws(PortError) {
        while let batch = try lines.waitForAll() {
            write(batch.flatMap { $0 })
            let missing = lost.exchange(0, ordering: .relaxed)
            if missing > 0 { write(Array("warning log.lost lines=\(missing)\n".utf8)) }
        }
    }

    func finish() { lines.close() }

    private func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            // Standard error that takes nothing, a closed terminal: the log is lost, the station goes on.
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }
}

extension LogEntry.Level {
    fileprivate var importance: LogSection.Level {
        switch self {
        case .error: .error
        case .warning: .warning
        case .info: .info
        case .debug: .debug
        }
    }
}
