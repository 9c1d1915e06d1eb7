import CMicroHTTPD
import Glibc
import Lane
import Synchronization

/// A stream on one connection: pieces wait here until the connection takes them.
struct StreamInProgress {
    private let stream: ChunkStream
    private let descriptor: Int32
    private let server: ServerCore
    private var waiting: ArraySlice<UInt8> = []

    /// The most that is handed over at a time.
    private static let block = 16_384

    /// A response that asks the stream for as long as the client listens.
    static func make(_ stream: ChunkStream, _ connection: OpaquePointer, _ server: ServerCore) -> OpaquePointer? {
        let place = UnsafeMutablePointer<StreamInProgress>.allocate(capacity: 1)
        unsafe place.initialize(
            to: StreamInProgress(stream: stream, descriptor: bom_mhd_socket(connection), server: server))
        server.streams.add(1, ordering: .relaxed)
        let response = unsafe MHD_create_response_from_callback(
            bom_mhd_size_unknown, block, giveChunk, place, endStream)
        if unsafe response == nil { unsafe endStream(place) }
        return unsafe response
    }

    private init(stream: ChunkStream, descriptor: Int32, server: ServerCore) {
        self.stream = stream
        self.descriptor = descriptor
        self.server = server
    }

    /// Waits for something to send. In a thread of its own it may block: giving nothing would make libmicrohttpd spin.
    fileprivate mutating func fill(_ room: UnsafeMutableRawBufferPointer) -> Int {
        var silent = 0
        while waiting.isEmpty {
            if clientHasGone { return bom_mhd_end_with_error }
            switch stream.next() {
            case .chunk(let bytes): waiting = bytes[...]
            case .end: return bom_mhd_end_of_stream
            case .nothingYet:
                // Only now: a stream that has come to its own end is ended in order, not broken off.
                if server.stop.isRaised { return bom_mhd_end_with_error }
                silent += 1
                if silent >= Self.silenceBeforeHeartbeat { waiting = stream.heartbeat[...] }
            }
        }
        let piece = waiting.prefix(room.count)
        unsafe room.copyBytes(from: piece)
        waiting = waiting.dropFirst(piece.count)
        return piece.count
    }

    fileprivate func end() {
        stream.ended()
        server.streams.subtract(1, ordering: .releasing)
    }

    /// A stream is for a client that listens on: one that has closed even its sending half has gone.
    private var clientHasGone: Bool {
        let gone = Int16(POLLHUP | POLLERR) | pollReadHangUp
        var look = pollfd(fd: descriptor, events: pollReadHangUp, revents: 0)
        return unsafe poll(&look, 1, 0) > 0 && look.revents & gone != 0
    }

    private static let silenceBeforeHeartbeat = Int(
        ChunkStream.heartbeatAfter.nanoseconds / ChunkStream.longestWait.nanoseconds)
}

/// `POLLRDHUP`, which glibc shows with _GNU_SOURCE only (poll(2)).
private let pollReadHangUp: Int16 = 0x2000

private func giveChunk(
    _ context: UnsafeMutableRawPointer?, _ position: UInt64, _ room: UnsafeMutablePointer<CChar>?, _ most: Int
) -> Int {
    guard let stream = unsafe context?.assumingMemoryBound(to: StreamInProgress.self) else {
        return bom_mhd_end_with_error
    }
    return unsafe stream.pointee.fill(UnsafeMutableRawBufferPointer(start: room, count: most))
}

private func endStream(_ context: UnsafeMutableRawPointer?) {
    guard let stream = unsafe context?.assumingMemoryBound(to: StreamInProgress.self) else { return }
    unsafe stream.pointee.end()
    unsafe stream.deinitialize(count: 1)
    unsafe stream.deallocate()
}
