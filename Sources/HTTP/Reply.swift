import CMicroHTTPD
import Glibc

/// An answer in libmicrohttpd's form.
struct Reply {
    private let response: ServerResponse

    init(_ response: ServerResponse) { self.response = response }

    func queue(on connection: OpaquePointer, _ server: ServerCore) -> MHD_Result {
        switch response.body {
        case .bytes(let bytes): return unsafe queue(unsafe Self.make(bytes), response.status, on: connection)
        case .stream(let stream):
            return unsafe queue(
                unsafe StreamInProgress.make(stream, connection, server), response.status, on: connection)
        case .file(let path):
            guard let file = Self.open(path) else {
                return unsafe Reply(.text(404, "not found")).queue(on: connection, server)
            }
            // The descriptor is the response's from here on.
            return unsafe queue(
                unsafe MHD_create_response_from_fd64(file.size, file.descriptor), response.status, on: connection)
        }
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

    /// A regular file that can be read; nil for anything else.
    private static func open(_ path: String) -> (descriptor: Int32, size: UInt64)? {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        var information = stat()
        guard unsafe fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return nil
        }
        return (descriptor, UInt64(information.st_size))
    }
}
