import Devices
import Glibc
import Lane
import Station

/// What a program of ours prints.
extension ChildProcess {
    /// Its first line; empty when none came in time.
    func firstLine(within wait: Interval) throws -> String {
        var cutter = LineCutter()
        var first = ""
        try Self.read(output, until: MonotonicClock.now() + wait) { piece in
            guard let line = cutter.take(piece).first else { return true }
            first = line
            return false
        }
        return first
    }

    /// All that it prints until it ends, or until the time is over.
    func output(within wait: Interval) throws -> String {
        var bytes: [UInt8] = []
        try Self.read(output, until: MonotonicClock.now() + wait) { piece in
            bytes += piece
            return true
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Gives each of its lines away, from a thread of its own, until it ends.
    func follow(_ take: @escaping @Sendable (String) -> Void) {
        // The thread has a descriptor of its own: ours may be closed before the thread has seen the end.
        let number = fcntl(output.number, F_DUPFD_CLOEXEC, 0)
        _ = WorkerThread(named: "follow") {
            let output = Descriptor(owning: number)
            var cutter = LineCutter()
            do {
                try Self.read(output, until: Instant(nanoseconds: .max)) { piece in
                    for line in cutter.take(piece) { take(line) }
                    return true
                }
            } catch {
                Terminal.complain("lanesim: \(error)")
            }
        }
    }

    /// Reads until the end, the deadline, or until the closure wants no more.
    private static func read(
        _ descriptor: borrowing Descriptor, until deadline: Instant, _ take: ([UInt8]) -> Bool
    ) throws {
        var poller = Poller(slots: 1)
        poller.watch(0, descriptor.number)
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while MonotonicClock.now() < deadline {
            try poller.wait(until: deadline)
            switch descriptor.read(into: &buffer, ready: poller[0]) {
            case .bytes(let count): if !take(Array(buffer[..<count])) { return }
            case .nothing: break
            case .lost: return
            }
        }
    }
}
