import CMicroHTTPD
import Glibc

// libmicrohttpd calls this on its threads. A global function: a closure in a program's main file would belong to the main
// actor and die on its first call from another thread.

/// Called once with the headers, once for each piece of the body, and once at its end.
func answerRequest(
    _ core: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ path: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ piece: UnsafePointer<CChar>?,
    _ size: UnsafeMutablePointer<Int>?, _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let core = unsafe core, let connection = unsafe connection, let path = unsafe path,
        let method = unsafe method, let size = unsafe size, let slot = unsafe slot
    else { return .NO }
    let server = unsafe Unmanaged<ServerCore>.fromOpaque(core).takeUnretainedValue()
    guard let request = unsafe slot.pointee?.assumingMemoryBound(to: RequestInProgress.self) else {
        return unsafe beginRequest(server, connection, String(cString: path), String(cString: method), slot)
    }
    guard unsafe size.pointee == 0 else {
        server.sweeper.note(.sent(unsafe size.pointee), on: unsafe bom_mhd_socket(connection))
        let bytes = unsafe [UInt8](UnsafeRawBufferPointer(start: piece, count: size.pointee))
        unsafe size.pointee = 0
        return unsafe request.pointee.receive(bytes) ? .YES : .NO
    }
    // How long we take for the answer is not the client's time.
    server.sweeper.note(.whole, on: unsafe bom_mhd_socket(connection))
    return unsafe answer(request, request.pointee.end(), on: connection, server)
}

private func beginRequest(
    _ server: ServerCore, _ connection: OpaquePointer, _ path: String, _ method: String,
    _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>
) -> MHD_Result {
    guard let method = Method(rawValue: method) else {
        return unsafe Reply(.text(501, "method not known")).queue(on: connection, server)
    }
    guard let head = unsafe RequestHead(connection, method: method, path: path, server) else {
        return unsafe Reply(.text(400, "path or query cannot be decoded")).queue(on: connection, server)
    }
    let request = UnsafeMutablePointer<RequestInProgress>.allocate(capacity: 1)
    unsafe request.initialize(to: RequestInProgress(head, server.receive(head)))
    unsafe slot.pointee = UnsafeMutableRawPointer(request)
    guard let early = unsafe request.pointee.earlyAnswer else {
        server.sweeper.note(.begun, on: unsafe bom_mhd_socket(connection))
        return .YES
    }
    return unsafe answer(request, early, on: connection, server)
}

private func answer(
    _ request: UnsafeMutablePointer<RequestInProgress>, _ response: ServerResponse, on connection: OpaquePointer,
    _ server: ServerCore
) -> MHD_Result {
    unsafe Reply(request.pointee.holding(response), to: request.pointee.head).queue(on: connection, server)
}
