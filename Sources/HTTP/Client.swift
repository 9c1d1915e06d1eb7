import CCurl
import Glibc
import Lane

/// A client that keeps its connection alive: one to a worker thread. It follows no redirect, uses no proxy and knows no
/// cookies; it speaks HTTP/1.1 over TLS 1.2 or newer, or plain to this computer only (`Endpoint`).
@safe package struct Client: ~Copyable {
    /// How soon a raised stop flag or a stall is noticed: the station gives its threads 150 ms to end, and twenty looks a second
    /// cost nothing.
    package static let longestPause = Interval.milliseconds(50)

    private let multi: UnsafeMutableRawPointer
    private let easy: UnsafeMutableRawPointer
    /// libcurl writes its reason there (`CURLOPT_ERRORBUFFER`); it must outlive each transfer.
    private let reason: UnsafeMutablePointer<CChar>
    private let trust: Trust
    private let stop: StopFlag

    /// - Parameter stop: raised when the program ends; transfers then break off with `.stopped`.
    package init(trust: Trust = Trust(), stop: StopFlag = StopFlag()) {
        CurlLibrary.start()
        guard let multi = unsafe curl_multi_init(), let easy = unsafe curl_easy_init() else {
            preconditionFailure("libcurl gives a handle unless memory has run out")
        }
        let reason = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe reason.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        unsafe self.multi = unsafe multi
        unsafe self.easy = unsafe easy
        unsafe self.reason = unsafe reason
        self.trust = trust
        self.stop = stop
    }

    deinit {
        unsafe curl_easy_cleanup(easy)
        _ = unsafe curl_multi_cleanup(multi)
        unsafe reason.deallocate()
    }

    /// Sends the request and waits for the whole answer.
    ///
    /// - Parameters:
    ///   - source: pulled for the body, in place of `request.body`.
    ///   - sink: gets a 2xx answer's body piece by piece; any other answer's body is in the response.
    ///   - meanwhile: does a millisecond's other work once `request.body` has gone, again and again until the answer is there; false:
    ///     there is none for now.
    ///   - check: looks at a 2xx answer, still without body, before the first byte of its body; an error breaks the transfer off.
    package mutating func perform(
        _ request: Request, sending source: BodySource? = nil, into sink: (([UInt8]) throws -> Void)? = nil,
        meanwhile work: (() -> Bool)? = nil, checking check: ((Response) throws -> Void)? = nil
    ) throws(TransferError) -> Response {
        guard !stop.isRaised else { throw TransferError(request.summary, .stopped) }
        if let flaw = request.flaw { throw TransferError(request.summary, .malformedRequest(flaw)) }
        var transfer = Transfer(request, source: source, check: check, sink: sink)
        let result = unsafe withUnsafeMutablePointer(to: &transfer) { transfer in
            unsafe run(request, transfer, work)
        }
        if let cause = transfer.failure ?? cause(of: result, request) {
            throw TransferError(request.summary, cause)
        }
        return Response(status: transfer.status, headers: transfer.headers, body: transfer.body)
    }

    /// How the loop around libcurl ended.
    private enum Ending {
        case finished(CURLcode)
        case stopped
        case stalled
    }

    private func run(
        _ request: Request, _ transfer: UnsafeMutablePointer<Transfer>, _ work: (() -> Bool)?
    ) -> Ending {
        var fields = unsafe HeaderList(request.headers, hasLength: transfer.pointee.outgoingLength != nil)
        unsafe CurlOptions(easy: easy, reason: reason).apply(request, trust, fields.first, transfer)
        guard unsafe curl_multi_add_handle(multi, easy) == CURLM_OK else { return .finished(CURLE_OUT_OF_MEMORY) }
        let ending = unsafe wait(request.timeOuts, transfer, work)
        // Removing a transfer that has not ended closes its connection.
        _ = unsafe curl_multi_remove_handle(multi, easy)
        fields.release()
        return ending
    }

    private func wait(
        _ timeOuts: TimeOuts, _ transfer: UnsafeMutablePointer<Transfer>, _ work: (() -> Bool)?
    ) -> Ending {
        let pause = Int32(min(Self.longestPause, timeOuts.stall).milliseconds)
        var moved = -1
        var movedAt = Self.now
        while true {
            var running: Int32 = 0
            guard unsafe curl_multi_perform(multi, &running) == CURLM_OK else { return .finished(CURLE_SEND_ERROR) }
            if running == 0 { return .finished(result) }
            if stop.isRaised { return .stopped }
            if unsafe !isConnected || transfer.pointee.moved != moved {
                moved = unsafe transfer.pointee.moved
                movedAt = Self.now
            } else if Self.now - movedAt >= timeOuts.stall {
                return .stalled
            }
            let isWorking = unsafe transfer.pointee.isGiven && work?() == true
            _ = unsafe curl_multi_poll(multi, nil, 0, isWorking ? 0 : max(1, pause), nil)
        }
    }

    private var result: CURLcode {
        var left: Int32 = 0
        guard let message = unsafe curl_multi_info_read(multi, &left) else { return CURLE_GOT_NOTHING }
        return unsafe message.pointee.data.result
    }

    /// Name, connection and handshake are done.
    private var isConnected: Bool {
        var microseconds: curl_off_t = 0
        _ = unsafe bom_curl_get_size(easy, CURLINFO_PRETRANSFER_TIME_T, &microseconds)
        return microseconds > 0
    }

    private func cause(of ending: Ending, _ request: Request) -> TransferError.Cause? {
        switch ending {
        case .stopped: .stopped
        case .stalled: .stalled(request.timeOuts.stall)
        case .finished(CURLE_OK): nil
        case .finished(let code):
            TransferError.Cause(
                code, systemError: systemError, reason: reasonInOneLine, isConnected: isConnected, request)
        }
    }

    /// What libcurl wrote, on one line.
    private var reasonInOneLine: String {
        let text = unsafe String(cString: reason)
        return text.split { $0.isWhitespace }.joined(separator: " ")
    }

    /// `errno` of the failed connection.
    private var systemError: Int32 {
        var number = 0
        _ = unsafe bom_curl_get_number(easy, CURLINFO_OS_ERRNO, &number)
        return Int32(truncatingIfNeeded: number)
    }

    private static var now: Instant {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}

extension Request {
    /// Why these bytes cannot go on the line as they are.
    fileprivate var flaw: String? {
        if !WebAddress.isTarget(target) { return "the target is not visible ASCII that begins with a slash" }
        if let field = headers.fields.first(where: { !$0.isWellFormed }) {
            return "the header \(field.name.debugDescription) has a character that headers cannot have"
        }
        return nil
    }
}
