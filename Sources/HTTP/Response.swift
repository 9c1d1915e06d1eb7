/// What a server answered, whatever its status: a 404 or a 301 is an answer, not an error.
package struct Response: Hashable, Sendable {
    /// 200 to 599.
    package let status: Int
    package let headers: Headers
    /// Empty when the body went into a sink, which happens only for 2xx.
    package let body: [UInt8]

    package init(status: Int, headers: Headers, body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package var isSuccess: Bool { (200...299).contains(status) }
}
