/// What a server answers.
package struct ServerResponse: Sendable {
    /// The answer's body.
    package enum Body: Sendable {
        case bytes([UInt8])
        /// A file, sent as it stands when it is opened; one that is not there is answered with 404. With status 200, a GET with a
        /// range gets that part of it (206), or is told that there is none (416); `If-Range` goes by the header `ETag`.
        case file(path: String)
        /// The same for a file that is open already: where headers speak of its content, they and the content are of one file.
        case opened(ServedFile)
        /// Pieces as they come, for as long as the client listens.
        case stream(ChunkStream)
    }

    package var status: Int
    package var headers: Headers
    package var body: Body
    /// Released when the answer is done with; nil: nobody has to know.
    package var hold: Hold?

    package init(status: Int, headers: Headers = [:], body: Body = .bytes([]), hold: Hold? = nil) {
        self.status = status
        self.headers = headers
        self.body = body
        self.hold = hold
    }

    /// A line of plain text, with a line end.
    package static func text(_ status: Int, _ line: String) -> ServerResponse {
        ServerResponse(
            status: status, headers: ["Content-Type": "text/plain; charset=utf-8"],
            body: .bytes(Array("\(line)\n".utf8)))
    }

    /// Bytes of JSON.
    package static func json(_ status: Int = 200, _ bytes: [UInt8]) -> ServerResponse {
        ServerResponse(status: status, headers: ["Content-Type": "application/json"], body: .bytes(bytes))
    }

    /// Server-sent events: what is posted to the outbox goes to the client, which a comment keeps awake meanwhile.
    package static func events(from outbox: Outbox) -> ServerResponse {
        ServerResponse(
            status: 200, headers: ["Content-Type": "text/event-stream", "Cache-Control": "no-store"],
            body: .stream(ChunkStream(outbox, heartbeat: Array(":\n\n".utf8))))
    }
}
