import Lane

/// Why there is no answer.
package struct TransferError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The cause, as a technician can act on it.
    package enum Cause: Hashable, Sendable {
        case couldNotResolve(host: String)
        case refused
        case unreachable
        /// No server listens at the Unix socket's path.
        case noSocket
        case permissionDenied
        case connectTimedOut(Interval)
        case timedOut(Interval)
        case stalled(Interval)
        /// With the TLS library's reason.
        case certificateNotTrusted(String)
        /// The certificate files of our own side.
        case ownFiles(String)
        case tls(String)
        case answerTooLarge(mostBytes: Int)
        case headersTooLarge
        case connectionLost
        case notHTTP
        /// The request could not be sent as it is: a line break in a header, or a target with a space.
        case malformedRequest(String)
        case sourceFailed(String)
        case sinkFailed(String)
        case stopped
        case other(String)
    }

    /// Method and address, without the query.
    package let operation: String
    package let cause: Cause

    package init(_ operation: String, _ cause: Cause) {
        self.operation = operation
        self.cause = cause
    }

    package var description: String { "\(operation): \(cause.words)" }
}

extension TransferError.Cause {
    /// The cause in words, with a remedy where there is one.
    package var words: String {
        switch self {
        case .couldNotResolve(let host): "could not resolve \(host); check the name and the DNS server"
        case .refused: "connection refused; nothing listens there"
        case .unreachable: "network unreachable; check cable, modem and route"
        case .noSocket: "no such socket; is the program running?"
        case .permissionDenied: "permission denied"
        case .connectTimedOut(let limit): "no connection after \(limit.words)"
        case .timedOut(let limit): "timed out after \(limit.words)"
        case .stalled(let limit): "no byte for \(limit.words)"
        case .certificateNotTrusted(let reason): "certificate not trusted: \(reason)"
        case .ownFiles(let reason): "certificate files of this side: \(reason)"
        case .tls(let reason): "TLS failed: \(reason)"
        case .answerTooLarge(let most): "answer larger than \(most) bytes"
        case .headersTooLarge: "answer's headers larger than \(Transfer.mostHeaderBytes) bytes"
        case .connectionLost: "connection lost before the answer ended"
        case .notHTTP: "the answer is not HTTP"
        case .malformedRequest(let reason): "request not sent: \(reason)"
        case .sourceFailed(let reason): "could not read what was to be sent: \(reason)"
        case .sinkFailed(let reason): "could not keep the answer: \(reason)"
        case .stopped: "broken off because the program stops"
        case .other(let reason): reason
        }
    }
}

extension Interval {
    /// Seconds where it is whole seconds, else milliseconds.
    fileprivate var words: String {
        milliseconds % 1_000 == 0 ? "\(milliseconds / 1_000) s" : "\(milliseconds) ms"
    }
}
