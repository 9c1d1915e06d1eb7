import CMicroHTTPD
import Glibc

/// An answer in libmicrohttpd's form.
struct Reply {
    private let response: ServerResponse
    /// Nil where the request was not understood: it cannot ask for a range.
    private let head: RequestHead?

    init(_ response: ServerResponse, to head: RequestHead? = nil) {
        self.response = response
        self.head = head
    }

    func queue(on connection: OpaquePointer, _ server: ServerCore) -> MHD_Result {
        switch response.body {
        case .bytes(let bytes):
            server.sweeper.note(.answered(bytes.count), on: unsafe bom_mhd_socket(connection))
            return unsafe queue(unsafe Self.make(bytes), response.status, on: connection)
        case .stream(let stream):
            server.sweeper.note(.whole, on: unsafe bom_mhd_socket(connection))
            return unsafe queue(
                unsafe StreamInProgress.make(stream, connection, server), response.status, on: connection)
        case .file(let path):
            do throws(ServedFile.Problem) {
                return unsafe queue(try ServedFile(path), on: connection, server)
            } catch {
                return unsafe Reply(Self.answer(to: error)).queue(on: connection, server)
            }
        case .opened(let file): return unsafe queue(file, on: connection, server)
        }
    }

    /// The file, or what of it was asked for. Only an answer that would be a plain 200 to a GET can become a part (RFC 9110 §14.2).
    private func queue(_ file: ServedFile, on connection: OpaquePointer, _ server: ServerCore) -> MHD_Result {
        var answer = response
        var part = 0..<file.size
        if response.status == 200 { answer.headers.add("Accept-Ranges", "bytes") }
        if response.status == 200, let head, head.method == .get {
            switch ByteRange(head.headers, size: file.size, tag: response.headers["ETag"]) {
            case .whole: break
            case .part(let range):
                part = range
                answer.status = 206
                answer.headers.add("Content-Range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.size)")
            case .unsatisfiable:
                var answer = ServerResponse.text(416, "the file has \(file.size) bytes")
                answer.headers.add("Content-Range", "bytes */\(file.size)")
                answer.headers.add("Accept-Ranges", "bytes")
                return unsafe Reply(answer).queue(on: connection, server)
            }
        }
        let descriptor = file.duplicate()
        guard descriptor >= 0 else {
            return unsafe Reply(Self.answer(to: .unavailable(systemWords(errno)))).queue(on: connection, server)
        }
        // The descriptor is the response's from here on.
        let reply = unsafe MHD_create_response_from_fd_at_offset64(
            UInt64(part.count), descriptor, UInt64(part.lowerBound))
        server.sweeper.note(.answered(part.count), on: unsafe bom_mhd_socket(connection))
        return unsafe Reply(answer).queue(unsafe reply, answer.status, on: connection)
    }

    private func queue(_ reply: OpaquePointer?, _ status: Int, on connection: OpaquePointer) -> MHD_Result {
        guard let reply = unsafe reply else { return .NO }
        defer { unsafe MHD_destroy_response(reply) }
        for field in response.headers.fields {
            precondition(field.isWellFormed, "a server writes headers that cannot end their line")
            _ = unsafe MHD_add_response_header(reply, field.name, field.value)
        }
        return unsafe MHD_queue_response(connection, UInt32(status), reply)
    }

    private static func make(_ bytes: [UInt8]) -> OpaquePointer? {
        var bytes = bytes
        return unsafe bytes.withUnsafeMutableBytes {
            unsafe MHD_create_response_from_buffer($0.count, $0.baseAddress, .RESPMEM_MUST_COPY)
        }
    }

    /// A file that is there and cannot be opened now is no reason to forget it: 503, and not 404.
    private static func answer(to problem: ServedFile.Problem) -> ServerResponse {
        switch problem {
        case .missing: .text(404, "not found")
        case .unavailable(let reason): .text(503, "the file cannot be read now: \(reason)")
        }
    }
}
