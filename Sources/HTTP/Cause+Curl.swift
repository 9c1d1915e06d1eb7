import CCurl
import Glibc

extension TransferError.Cause {
    /// What libcurl's code means to a technician.
    init(_ code: CURLcode, systemError: Int32, reason: String, isConnected: Bool, _ request: Request) {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: self = .couldNotResolve(host: request.endpoint.host)
        case CURLE_COULDNT_CONNECT: self = Self.connection(systemError, reason)
        case CURLE_OPERATION_TIMEDOUT:
            let isConnecting = !isConnected && request.timeOuts.connect <= request.timeOuts.total
            self = isConnecting ? .connectTimedOut(request.timeOuts.connect) : .timedOut(request.timeOuts.total)
        case CURLE_PEER_FAILED_VERIFICATION: self = .certificateNotTrusted(reason)
        case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM: self = .ownFiles(reason)
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER: self = .tls(reason)
        case CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_SEND_FAIL_REWIND:
            self = .connectionLost
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY: self = .notHTTP
        default: self = .other(reason.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : reason)
        }
    }

    private static func connection(_ systemError: Int32, _ reason: String) -> Self {
        switch systemError {
        case ECONNREFUSED: .refused
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN: .unreachable
        case ENOENT: .noSocket
        case EACCES, EPERM: .permissionDenied
        default: .other(reason.isEmpty ? "no connection" : reason)
        }
    }
}
