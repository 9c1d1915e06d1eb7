import CLinux
import Glibc
import Lane
import Synchronization

/// A bounded box between a thread that must not wait and a slow client.
///
/// A client that lets it fill up is cut off, and connects again: it never holds the poster back, and misses nothing unknowingly.
package final class Outbox: Sendable {
    /// Enough for a burst of several seconds of a busy station's lines; at most some hundred kilobytes.
    package static let mostChunks = 1_024

    private struct State {
        var chunks: [[UInt8]] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    /// An eventfd: readable while there is something to take. -1 when the system has no descriptor left.
    private let signal: Int32

    package init() {
        signal = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        if signal < 0 { close() }
    }

    deinit {
        if signal >= 0 { _ = Glibc.close(signal) }
    }

    /// Puts a piece in; false when the client has gone or was cut off, then forget this outbox. Never waits.
    @discardableResult
    package func post(_ chunk: [UInt8]) -> Bool {
        let isOpen = state.withLock { state in
            guard !state.isClosed else { return false }
            guard state.chunks.count < Self.mostChunks else {
                state.isClosed = true
                return false
            }
            state.chunks.append(chunk)
            return true
        }
        wake()
        return isOpen
    }

    /// Nothing more will come; what is inside is still taken.
    package func close() {
        state.withLock { $0.isClosed = true }
        wake()
    }

    /// True when the client has gone, was cut off, or `close` was called.
    package var isClosed: Bool { state.withLock { $0.isClosed } }

    /// All that is inside as one piece, after a wait for it of at most `ChunkStream.longestWait`.
    func take() -> ChunkStream.Step {
        if let step = takeNow() { return step }
        var descriptor = pollfd(fd: signal, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&descriptor, 1, Int32(ChunkStream.longestWait.milliseconds))
        return takeNow() ?? .nothingYet
    }

    private func takeNow() -> ChunkStream.Step? {
        state.withLock { state in
            var count: UInt64 = 0
            _ = unsafe read(signal, &count, MemoryLayout<UInt64>.size)
            guard !state.chunks.isEmpty else { return state.isClosed ? .end : nil }
            defer { state.chunks = [] }
            return .chunk(Array(state.chunks.joined()))
        }
    }

    private func wake() {
        var one: UInt64 = 1
        if signal >= 0 { _ = unsafe write(signal, &one, MemoryLayout<UInt64>.size) }
    }
}
