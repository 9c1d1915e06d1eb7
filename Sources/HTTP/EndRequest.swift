import CMicroHTTPD

/// Called when a request is done with, also one that the client has left.
func endRequest(
    _ core: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ reason: MHD_RequestTerminationCode
) {
    if let core = unsafe core, let connection = unsafe connection {
        let server = unsafe Unmanaged<ServerCore>.fromOpaque(core).takeUnretainedValue()
        unsafe bom_mhd_close_after(connection, server.requestWithin)
    }
    guard let slot = unsafe slot, let request = unsafe slot.pointee?.assumingMemoryBound(to: RequestInProgress.self)
    else { return }
    unsafe request.pointee.close()
    unsafe request.deinitialize(count: 1)
    unsafe request.deallocate()
    unsafe slot.pointee = nil
}
