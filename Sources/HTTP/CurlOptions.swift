import CCurl
import Lane

/// Sets an easy handle up for one transfer, from nothing: no option of the transfer before is left.
@safe struct CurlOptions {
    let easy: UnsafeMutableRawPointer
    let reason: UnsafeMutablePointer<CChar>

    /// An idle connection older than this is not used again: shorter than the idle time-out of our own server (30 s) and of most.
    static let longestIdle = Interval.seconds(25)

    func apply(
        _ request: Request, _ trust: Trust, _ fields: UnsafeMutablePointer<curl_slist>?,
        _ transfer: UnsafeMutablePointer<Transfer>
    ) {
        unsafe curl_easy_reset(easy)
        unsafe reason.pointee = 0
        check(unsafe bom_curl_set_buffer(easy, CURLOPT_ERRORBUFFER, reason))
        setLimits()
        setTimeOuts(request.timeOuts)
        setAddress(request)
        setTrust(trust)
        unsafe setBody(request, transfer)
        check(unsafe bom_curl_set_list(easy, CURLOPT_HTTPHEADER, fields))
        check(unsafe bom_curl_set_writer(easy, takeBody, transfer))
        check(unsafe bom_curl_set_header_writer(easy, takeHeader, transfer))
    }

    /// What this client never does, whatever environment and defaults say.
    private func setLimits() {
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_PROXY, "")
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        set(CURLOPT_HTTP09_ALLOWED, 0)
        set(CURLOPT_PATH_AS_IS, 1)
        // Time-outs of the resolver would be signals, which do not go with threads.
        set(CURLOPT_NOSIGNAL, 1)
        // A resolver that hangs is left behind: otherwise time-outs and a stop would wait for it, 20 s and more.
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_TCP_KEEPALIVE, 1)
        set(CURLOPT_MAXAGE_CONN, Int(Self.longestIdle.milliseconds / 1_000))
        set(CURLOPT_MAXCONNECTS, 2)
    }

    private func setTimeOuts(_ timeOuts: TimeOuts) {
        set(CURLOPT_CONNECTTIMEOUT_MS, Int(max(1, timeOuts.connect.milliseconds)))
        set(CURLOPT_TIMEOUT_MS, Int(max(1, timeOuts.total.milliseconds)))
    }

    private func setAddress(_ request: Request) {
        set(CURLOPT_URL, request.endpoint.base + request.target)
        if case .unixSocket(let path) = request.endpoint.transport { set(CURLOPT_UNIX_SOCKET_PATH, path) }
    }

    private func setTrust(_ trust: Trust) {
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let authorities = trust.authorities {
            set(CURLOPT_CAINFO, authorities)
            // Debian's libcurl also looks into /etc/ssl/certs: with a file of ours, nothing else may vouch for a server.
            check(unsafe bom_curl_set_text(easy, CURLOPT_CAPATH, nil))
        }
        if let identity = trust.identity {
            set(CURLOPT_SSLCERT, identity.certificate)
            set(CURLOPT_SSLKEY, identity.key)
        }
    }

    private func setBody(_ request: Request, _ transfer: UnsafeMutablePointer<Transfer>) {
        if request.method == .head {
            set(CURLOPT_NOBODY, 1)
        } else if unsafe transfer.pointee.hasBody(for: request.method) {
            set(CURLOPT_UPLOAD, 1)
            check(unsafe bom_curl_set_size(easy, CURLOPT_INFILESIZE_LARGE, transfer.pointee.outgoingLength ?? -1))
            check(unsafe bom_curl_set_reader(easy, giveBody, transfer))
            check(unsafe bom_curl_set_seeker(easy, rewindBody, transfer))
        }
        set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
    }

    private func set(_ option: CURLoption, _ number: Int) { check(unsafe bom_curl_set_number(easy, option, number)) }

    private func set(_ option: CURLoption, _ text: String) { check(unsafe bom_curl_set_text(easy, option, text)) }

    /// A setting that did not take could make a transfer unsafe: TLS verification is one.
    private func check(_ code: CURLcode) {
        precondition(code == CURLE_OK, "libcurl knows each option that this file sets")
    }
}

private func takeBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes = unsafe bytes, let transfer = unsafe transfer(at: context) else { return 0 }
    let piece = unsafe [UInt8](UnsafeRawBufferPointer(start: bytes, count: size * count))
    return unsafe transfer.pointee.receive(body: piece) ? piece.count : 0
}

private func takeHeader(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes = unsafe bytes, let transfer = unsafe transfer(at: context) else { return 0 }
    let line = unsafe [UInt8](UnsafeRawBufferPointer(start: bytes, count: size * count))
    return unsafe transfer.pointee.receive(header: line) ? line.count : 0
}

private func giveBody(
    _ room: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let room = unsafe room, let transfer = unsafe transfer(at: context),
        let piece = unsafe transfer.pointee.next(size * count)
    else { return bom_curl_read_abort }
    unsafe UnsafeMutableRawBufferPointer(start: room, count: size * count).copyBytes(from: piece)
    return piece.count
}

private func rewindBody(_ context: UnsafeMutableRawPointer?, _ offset: curl_off_t, _ origin: Int32) -> Int32 {
    guard offset == 0, let transfer = unsafe transfer(at: context), unsafe transfer.pointee.rewind() else {
        return CURL_SEEKFUNC_CANTSEEK
    }
    return CURL_SEEKFUNC_OK
}

private func transfer(at context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Transfer>? {
    unsafe context?.assumingMemoryBound(to: Transfer.self)
}
