import Exchange
import HTTP
import Lane

/// The interface of `openapi.yaml`: from a request to its answer.
struct CentralAnswers: Sendable {
    let desk: ReceptionDesk
    let lists: ListShelf
    /// Who may ask; nil: there is no authority, and whoever reaches the server may.
    var enrolment: EnrolmentDesk?
    /// Takes one line for each refusal and rejection.
    let report: @Sendable (String) -> Void

    /// When a station may ask again after a 503, in seconds: a disk that was full for a moment is free by then.
    static let retryAfter: Int64 = 5
    /// The header with which a photo's digest comes.
    static let digestHeader = "Content-Digest-BLAKE2b"

    /// What is to be done with a request once its headers are there.
    func receive(_ head: RequestHead) -> HTTP.Reception {
        guard let route = Route(head.segments) else {
            return .answer(.refusal(404, Refusal(.notFound, message: "there is no such path")))
        }
        let method = head.method == .head ? .get : head.method
        guard method == route.method else {
            var answer = ServerResponse.refusal(
                405, Refusal(.malformed, message: "this path is asked with \(route.method.rawValue)"))
            answer.headers.add("Allow", route.method.rawValue)
            return .answer(answer)
        }
        if let refusal = enrolment?.refusal(of: head, route) { return .answer(refusal) }
        switch route {
        // What is asked without a body is collected all the same, so that the connection lives on.
        case .health:
            return .collect(mostBytes: 0) { _ in .json(200, Array(#"{"status":"ok"}"#.utf8)) }
        case .position(let journal):
            return .collect(mostBytes: 0) { _ in answer(desk.position(of: journal), for: journal) }
        case .list(let name):
            return .collect(mostBytes: 0) { offer(name, after: $0.head.queryValue("after")) }
        case .listFile(let name, let file):
            return .collect(mostBytes: 0) { request in
                let range = request.headers["Range"]
                return lists.file(name, file, isFirst: range?.hasPrefix("bytes=0-") ?? true)
            }
        case .records(let journal):
            return .collect(mostBytes: Reception.mostBatchBytes) { take(records: $0.body, of: journal) }
        case .photo(let photo):
            return .collect(mostBytes: Reception.mostPhotoBytes) { take($0, as: photo) }
        case .enrolment(let station):
            return certificate { $0.enrol(station, $1.body) }
        case .certificate(let station):
            return certificate { $0.renew(station, $1.peer, $1.body) }
        }
    }

    private func certificate(_ give: @escaping (EnrolmentDesk, ServerRequest) -> ServerResponse) -> HTTP.Reception {
        guard let enrolment else {
            let message = "this central server has no authority, and asks stations for no certificate"
            return .answer(.refusal(404, Refusal(.notFound, message: message)))
        }
        return .collect(mostBytes: 2 * CertificateRequest.mostBytes) { give(enrolment, $0) }
    }

    private func offer(_ name: String, after text: String?) -> ServerResponse {
        guard let text else { return lists.offer(name, after: nil) }
        guard let version = ListVersion(dotted: text) else {
            return .refusal(400, Refusal(.malformed, message: "after is a version, as 9821.5"))
        }
        return lists.offer(name, after: version)
    }

    private func take(records body: [UInt8], of journal: JournalName) -> ServerResponse {
        var lines: [RecordLine] = []
        var place = 0
        while place < body.count {
            guard lines.count < Reception.mostRecords else {
                let message = "a batch has at most \(Reception.mostRecords) records"
                return .refusal(413, Refusal(.tooLarge, message: message))
            }
            do throws(RecordLine.Problem) {
                lines.append(try RecordLine(at: &place, in: body))
            } catch {
                let message = "line \(lines.count + 1) of the batch is no record"
                report("records of \(journal): \(message)")
                return .refusal(400, Refusal(.malformed, message: message))
            }
        }
        return answer(desk.deliver(lines, of: journal), for: journal)
    }

    private func take(_ request: ServerRequest, as photo: PhotoName) -> ServerResponse {
        guard let digest = request.headers[Self.digestHeader].flatMap({ Digest(hex: $0) }) else {
            let message = "the header \(Self.digestHeader) with 64 hexadecimal digits is missing"
            return .refusal(400, Refusal(.malformed, message: message))
        }
        guard Digest(of: request.body) == digest else {
            let message = "the body does not have the digest of its header"
            report("photo \(photo.sequence.number) of \(photo.journal): \(message)")
            return .refusal(400, Refusal(.malformed, message: message))
        }
        return answer(desk.deliver(photo, request.body, digest: digest), for: photo.journal)
    }

    private func answer(_ answer: Reception.Answer, for journal: JournalName) -> ServerResponse {
        switch answer {
        case .position(let position):
            let message = PositionAnswer(
                journal: journal.journal, contiguous: position.contiguous, digest: position.digest)
            return .json(200, message.json)
        case .taken(let position, let rejected, let pace):
            for one in rejected {
                report("record \(one.sequence.number) of \(journal): rejected for its \(one.reason)")
            }
            let message = BatchAnswer(
                journal: journal.journal, contiguous: position.contiguous, digest: position.digest,
                rejected: rejected.map { .init(sequence: $0.sequence, reason: $0.reason.rawValue) }, pace: pace)
            return .json(200, message.json)
        case .refused(let why, let expected):
            report("records of \(journal): refused from \(expected.number) on: \(why)")
            return .refusal(409, Refusal(why, expected: expected))
        case .later(let why): return .later(why.words)
        case .photoKept: return .json(200, Array(#"{"status":"kept"}"#.utf8))
        case .photoNotYet:
            return .refusal(404, Refusal(.notYet, message: "the passage of this photo is not here yet; send it later"))
        case .photoRefused(let why):
            report("photo of \(journal): refused: \(why.words)")
            return .refusal(409, Refusal(.otherDigest, message: why.words))
        }
    }
}

extension ServerResponse {
    static func refusal(_ status: Int, _ refusal: Refusal) -> ServerResponse { .json(status, refusal.json) }

    /// 503: nothing is wrong with the request.
    static func later(_ message: String, after seconds: Int64 = CentralAnswers.retryAfter) -> ServerResponse {
        var answer = refusal(503, Refusal(.unavailable, message: message))
        answer.headers.add("Retry-After", "\(seconds)")
        return answer
    }

    /// 429: the client has asked more than it may.
    static func tooMany(_ message: String, after wait: Interval) -> ServerResponse {
        var answer = refusal(429, Refusal(.tooMany, message: message))
        answer.headers.add("Retry-After", "\(wait.milliseconds / 1_000 + 1)")
        return answer
    }
}

extension Refusal {
    fileprivate init(_ why: Reception.Refused, expected: Sequence) {
        switch why {
        case .gap: self.init(.gap, expected: expected, message: "a sequence is missing before the next record")
        case .chain: self.init(.chain, expected: expected, message: "a record does not continue the chain that is here")
        }
    }
}

extension Reception.Later {
    /// For people.
    var words: String {
        switch self {
        case .tooManyBatches: "too many batches are waiting"
        case .tooManyPhotos: "too many photos are waiting"
        case .tooManyJournals: "there are too many journals here; the operator has to look"
        case .photoUnderWay: "the same photo is being stored"
        case .notStored: "the disk did not take it"
        }
    }
}

extension Reception.PhotoRefused {
    /// For people.
    var words: String {
        switch self {
        case .otherDigest: "another photo is stored under this name"
        case .notAPassage: "the record of that sequence is not a passage"
        case .notInRecord: "the passage's record names no photo of this camera with this digest"
        }
    }
}

extension JournalName: CustomStringConvertible {
    package var description: String { "station \(station.number) journal \(journal.hex)" }
}
