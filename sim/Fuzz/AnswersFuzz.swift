import Exchange
import HTTP
import Lane
import Sync

/// What the central server answers.
enum AnswersFuzz {
    /// A message written is the same message; what is shown of another computer's words is fit to be shown; and an uploader
    /// that hears it goes on within its limits.
    static func read(_ bytes: [UInt8]) throws {
        try check(PositionAnswer.self, bytes)
        try check(BatchAnswer.self, bytes)
        try check(ListOffer.self, bytes)
        try check(Refusal.self, bytes)
        for status in [200, 302, 400, 404, 409, 413, 500, 503] {
            let text = String(decoding: bytes.prefix(20), as: UTF8.self)
            let response = Response(status: status, headers: ["Retry-After": text], body: bytes)
            switch UploadAnswer(unsuccessful: response) {
            case .later(let reason, let wait):
                try Wording.check(reason, showsNumbers: false)
                try Finding.unless(wait.map { $0 >= .zero } ?? true, "a wait that is over before it began")
            case .refused(let refusal): try Wording.check(refusal.message, showsNumbers: false)
            case .position, .batch, .unreadable, .damaged: throw Finding("an answer of another kind")
            }
        }
        guard let answer = try? Response(status: 200, headers: [:], body: bytes).batchAnswer() else { return }
        for rejection in answer.rejected { try Wording.check(rejection.reason, showsNumbers: false) }
    }

    private static func check<Answer: Message>(_ kind: Answer.Type, _ bytes: [UInt8]) throws {
        guard let message = try? Answer(json: bytes) else { return }
        try Finding.unless((try? Answer(json: message.json)) == message, "a \(kind) written is another")
    }
}
