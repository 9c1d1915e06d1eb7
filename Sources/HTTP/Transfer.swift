/// One request on its way: what has come, what is to go, and why it broke off. It knows nothing of libcurl.
struct Transfer {
    /// Headers of one answer; ours have less than 1 KB, web servers stop at 8 to 16 KB.
    static let mostHeaderBytes = 32_768
    /// What a server may say beside a status that is not 2xx; it goes into no sink.
    static let mostErrorBytes = 65_536

    private(set) var status = 0
    private(set) var headers = Headers()
    private(set) var body: [UInt8] = []
    /// Set when a callback refused to go on.
    private(set) var failure: TransferError.Cause?
    /// Bytes in both directions: as long as it grows, nothing is stalled.
    private(set) var moved = 0

    private let mostBytes: Int
    /// An answer to HEAD names a length that never comes.
    private let bringsBody: Bool
    private let outgoing: [UInt8]
    private let source: BodySource?
    private let check: ((Response) throws -> Void)?
    private let sink: (([UInt8]) throws -> Void)?
    private var sent = 0
    private var received = 0
    private var headerBytes = 0
    /// The blank line behind the headers has come; one behind trailers may follow.
    private var isChecked = false
    /// Pulled from the source and not yet taken.
    private var pulled: ArraySlice<UInt8> = []

    init(
        _ request: Request, source: BodySource?, check: ((Response) throws -> Void)? = nil,
        sink: (([UInt8]) throws -> Void)?
    ) {
        mostBytes = request.mostBytes
        bringsBody = request.method != .head
        outgoing = request.body
        self.source = source
        self.check = check
        self.sink = sink
    }

    /// The length to announce; nil: in chunks.
    var outgoingLength: Int? { source.map { $0.length } ?? outgoing.count }

    /// Whether a body goes with the request at all.
    func hasBody(for method: Method) -> Bool {
        source != nil || !outgoing.isEmpty || method == .post || method == .put
    }

    /// The request's own body has been handed over, all of it.
    var isGiven: Bool { source == nil && sent == outgoing.count }

    private var isSuccess: Bool { (200...299).contains(status) }

    /// The most bytes of this answer's body.
    private var limit: Int { sink == nil || isSuccess ? mostBytes : min(mostBytes, Self.mostErrorBytes) }

    /// Takes one header line with its line end; false breaks the transfer off.
    mutating func receive(header line: [UInt8]) -> Bool {
        moved += line.count
        headerBytes += line.count
        guard headerBytes <= Self.mostHeaderBytes else { return fail(.headersTooLarge) }
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            // A 100 Continue comes before the answer proper: begin again with each status line.
            headers = Headers()
            isChecked = false
            status = Int(text.split(separator: " ").dropFirst().first?.prefix(3) ?? "") ?? 0
        } else if let colon = text.firstIndex(of: ":") {
            headers.add(String(text[..<colon]), text[text.index(after: colon)...].trimmingBlanks)
        } else if !isChecked {
            isChecked = true
            return acceptHead()
        }
        return true
    }

    /// Whether the body is wanted that these headers announce.
    private mutating func acceptHead() -> Bool {
        if let check, isSuccess {
            do {
                try check(Response(status: status, headers: headers, body: []))
            } catch {
                return fail(.sinkFailed("\(error)"))
            }
        }
        guard bringsBody, let length = headers["Content-Length"].flatMap({ Int($0) }), length > limit else {
            return true
        }
        return fail(.answerTooLarge(mostBytes: limit))
    }

    /// Takes a piece of the answer's body; false breaks the transfer off.
    mutating func receive(body piece: [UInt8]) -> Bool {
        moved += piece.count
        received += piece.count
        guard received <= limit else { return fail(.answerTooLarge(mostBytes: limit)) }
        guard let sink, isSuccess else {
            body += piece
            return true
        }
        do {
            try sink(piece)
            return true
        } catch {
            return fail(.sinkFailed("\(error)"))
        }
    }

    /// Up to `most` bytes to send, none at the end; nil breaks the transfer off.
    mutating func next(_ most: Int) -> ArraySlice<UInt8>? {
        guard let source else { return take(outgoing[min(sent, outgoing.count)...], most) }
        if pulled.isEmpty {
            do {
                pulled = try source.next(most)[...]
            } catch {
                return fail(.sourceFailed("\(error)"))
            }
            if let length = source.length, sent + pulled.count > length {
                return fail(.sourceFailed("it gave more than the \(length) bytes that were announced"))
            }
            if let length = source.length, pulled.isEmpty, sent < length {
                return fail(.sourceFailed("it ended after \(sent) of \(length) bytes"))
            }
        }
        let piece = take(pulled, most)
        pulled = pulled.dropFirst(piece.count)
        return piece
    }

    /// Begins the body again, for a connection that turned out to be dead; a source cannot.
    mutating func rewind() -> Bool {
        guard source == nil || sent == 0 else { return false }
        sent = 0
        return true
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>, _ most: Int) -> ArraySlice<UInt8> {
        let piece = bytes.prefix(most)
        sent += piece.count
        moved += piece.count
        return piece
    }

    private mutating func fail(_ cause: TransferError.Cause) -> Bool {
        failure = failure ?? cause
        return false
    }

    private mutating func fail(_ cause: TransferError.Cause) -> ArraySlice<UInt8>? {
        failure = failure ?? cause
        return nil
    }
}

extension Substring {
    /// Without the white space and the line end around a header's value.
    fileprivate var trimmingBlanks: String {
        let blanks: Set<Character> = [" ", "\t", "\r", "\n", "\r\n"]
        let tail = drop { blanks.contains($0) }
        return String(
            tail.prefix(upTo: tail.lastIndex { !blanks.contains($0) }.map(tail.index(after:)) ?? tail.startIndex))
    }
}
