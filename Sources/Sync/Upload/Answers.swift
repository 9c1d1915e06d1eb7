import Exchange
import FoundationEssentials
import HTTP
import Lane
import Storage

extension UploadAnswer {
    /// An answer that is not 200: central's own refusal, or something that means nothing.
    package init(unsuccessful response: Response) {
        guard [400, 401, 403, 404, 409, 413].contains(response.status), let refusal = response.refusal,
            refusal.error != .unavailable
        else {
            self = .later(response.complaint, notBefore: response.retryAfter)
            return
        }
        self = .refused(refusal)
    }

    /// No answer, rubbish with a 200, or a journal that cannot be read.
    init(because error: any Error) {
        switch error {
        case let error as JournalFailure:
            self = error.isDamage ? .damaged(at: error.record, error.reason) : .unreadable(error.reason)
        case let error as TransferError:
            if case .sourceFailed(let reason) = error.cause {
                self = .unreadable(reason)
            } else {
                self = .later(error.line, notBefore: nil)
            }
        case is MessageError: self = .later("central answered 200 with something that is no answer", notBefore: nil)
        default: self = .later("\(error)", notBefore: nil)
        }
    }
}

extension PhotoAnswer {
    /// What an answer to a photo means. A 200 counts only with central's word that it is kept.
    init(_ response: Response, _ name: PhotoName) {
        switch (response.status, response.refusal?.error) {
        case (200, _) where response.saysKept: self = .sent(name)
        case (404, .notYet): self = .notYet(name)
        case (409, .otherDigest), (413, .tooLarge):
            self = .refused(name, reason: response.refusal?.message ?? response.complaint)
        default: self = .later(response.complaint, notBefore: response.retryAfter)
        }
    }
}

extension Response {
    /// Central's reason, where the body is one. Its words are another computer's: here is where they are made fit to be shown.
    var refusal: Refusal? {
        do {
            var refusal = try Refusal(json: body)
            refusal.message = refusal.message.withoutNumbers
            return refusal
        } catch {
            return nil
        }
    }

    /// Central's answer to a batch, its words made fit to be shown.
    package func batchAnswer() throws(MessageError) -> BatchAnswer {
        var answer = try BatchAnswer(json: body)
        for place in answer.rejected.indices {
            answer.rejected[place].reason = answer.rejected[place].reason.withoutNumbers
        }
        return answer
    }

    /// How long central wants to be left alone; only whole seconds, as central says it (RFC 9110 §10.2.3).
    var retryAfter: Interval? {
        headers["Retry-After"].flatMap { UInt32($0) }.map { .seconds(Int64($0)) }
    }

    /// What is to be read where nothing of it was understood.
    var complaint: String {
        if let refusal { return "central answered \(status): \(refusal.message)" }
        let hint =
            switch status {
            case 300...399: "; redirects are not followed, check the address of central"
            case 200: ", which is not central's answer"
            default: ""
            }
        return "central answered \(status)\(hint)"
    }

    fileprivate var saysKept: Bool {
        do {
            return try JSONDecoder().decode(Kept.self, from: Data(body)).status == "kept"
        } catch {
            return false
        }
    }

    private struct Kept: Decodable { let status: String }
}

extension TransferError {
    /// The line for people: the TLS library may quote what stands in the other side's certificate. An address and two paths fit in.
    package var line: String { description.withoutNumbers(most: 600) }
}

extension SourceFile {
    /// How much is read at a time.
    private static let piece = 65_536

    /// The digest of the whole file; afterwards it can be read from its start.
    borrowing func digest() throws(FileError) -> Digest {
        var stream = DigestStream()
        while true {
            let bytes = try read(most: Self.piece)
            guard !bytes.isEmpty else { break }
            stream.update(bytes)
        }
        try rewind()
        return stream.finish()
    }
}
