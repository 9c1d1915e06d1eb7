import CMicroHTTPD

/// Called when a request is done with, also one that the client has left.
func endRequest(
    _ core: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ reason: MHD_RequestTerminationCode
) {
    if let core = unsafe core, let connection = unsafe connection {
        let server = unsafe Unmanaged<ServerCore>.fromOpaque(core).takeUnretainedValue()
        // The next one's time begins.
        server.sweeper.note(.opened, on: unsafe bom_mhd_socket(connection))
    }
    guard let slot = unsafe slot, let request = unsafe slot.pointee?.assumingMemoryBound(to: RequestInProgress.self)
    else { return }
    unsafe request.pointee.close()
    unsafe request.deinitialize(count: 1)
    unsafe request.deallocate()
    unsafe slot.pointee = nil
}

/// Called when a connection was made, and before its socket is closed.
func noteConnection(
    _ core: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ what: MHD_ConnectionNotificationCode
) {
    guard let core = unsafe core, let connection = unsafe connection else { return }
    let server = unsafe Unmanaged<ServerCore>.fromOpaque(core).takeUnretainedValue()
    server.sweeper.note(
        what == .CONNECTION_NOTIFY_STARTED ? .opened : .closed, on: unsafe bom_mhd_socket(connection))
}
