import CCurl
import Glibc

/// What libcurl needs once in a process.
enum CurlLibrary {
    /// Before the first handle; further calls cost nothing.
    static func start() { _ = started }

    private static let started: Bool = {
        // OpenSSL writes to sockets without MSG_NOSIGNAL, and with CURLOPT_NOSIGNAL libcurl leaves SIGPIPE alone:
        // a peer that has gone would end the process.
        _ = signal(SIGPIPE, SIG_IGN)
        let code = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
        precondition(code == CURLE_OK, "libcurl starts unless memory has run out")
        return true
    }()
}

/// A linked list of header lines that libcurl reads during a transfer.
@safe struct HeaderList {
    private(set) var first: UnsafeMutablePointer<curl_slist>?

    init(_ headers: Headers, hasLength: Bool) {
        unsafe first = nil
        for field in headers.fields {
            // libcurl's way of writing a field without a value is a semicolon in place of the colon.
            append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        if !hasLength { append("Transfer-Encoding: chunked") }
        // libcurl would call an upload's body a form.
        if headers["Content-Type"] == nil { append("Content-Type:") }
    }

    private mutating func append(_ line: String) {
        guard let list = unsafe curl_slist_append(first, line) else {
            preconditionFailure("a header line is kept unless memory has run out")
        }
        unsafe first = unsafe list
    }

    mutating func release() {
        unsafe curl_slist_free_all(first)
        unsafe first = nil
    }
}
