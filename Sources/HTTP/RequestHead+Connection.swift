import CMicroHTTPD

extension RequestHead {
    /// What libmicrohttpd has parsed; nil where a path or a query cannot be decoded.
    init?(_ connection: OpaquePointer, method: Method, path: String, _ server: ServerCore) {
        let fields = unsafe connection.fields(of: .HEADER_KIND)
        let query = unsafe connection.fields(of: .GET_ARGUMENT_KIND)
        self.init(
            method: method, path: path, query: query, headers: Headers(fields),
            peer: server.isLocal ? unsafe Peer(connection) : unsafe Peer(connection, server.clientAuthorities),
            address: server.isLocal ? nil : unsafe connection.address)
    }
}

extension OpaquePointer {
    fileprivate var address: String? {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard unsafe bom_mhd_address(self, &text) != 0 else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Names and values of one kind, in their order. The memory pool of a connection (32 KB) bounds them.
    fileprivate func fields(of kind: MHD_ValueKind) -> [Headers.Field] {
        var fields: [Headers.Field] = []
        _ = unsafe withUnsafeMutablePointer(to: &fields) { unsafe MHD_get_connection_values(self, kind, takeField, $0) }
        return fields
    }
}

private func takeField(
    _ context: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?,
    _ value: UnsafePointer<CChar>?
) -> MHD_Result {
    guard let fields = unsafe context?.assumingMemoryBound(to: [Headers.Field].self), let name = unsafe name else {
        return .NO
    }
    let text = unsafe value.map { unsafe String(cString: $0) } ?? ""
    unsafe fields.pointee.append(Headers.Field(name: String(cString: name), value: text))
    return .YES
}

extension Peer {
    /// The most groups of a caller that are looked at; Linux allows 65 536, people are in some dozens.
    private static let mostGroups = 1_024

    /// The caller on a Unix socket; a caller whom the kernel does not name has nobody's rights.
    fileprivate init(_ connection: OpaquePointer) {
        let descriptor = unsafe bom_mhd_socket(connection)
        var caller = bom_peer(process: 0, user: .max, group: .max)
        _ = unsafe bom_socket_peer(descriptor, &caller)
        var groups = [UInt32](repeating: 0, count: Self.mostGroups)
        let count = unsafe bom_socket_peer_groups(descriptor, &groups, Int32(Self.mostGroups))
        self = .local(
            Credentials(
                process: caller.process, user: caller.user,
                groups: Set(groups.prefix(Int(max(0, count)))).union([caller.group])))
    }
}
