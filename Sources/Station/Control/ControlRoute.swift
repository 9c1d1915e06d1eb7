import HTTP
import Lane

/// What a request at the control socket comes to: the one place that knows what can be asked there.
enum ControlRoute {
    case ask(Question)
    case watch(clear: Bool)
    case refuse(ServerResponse)

    init(_ request: ServerRequest) {
        switch (request.method, request.path) {
        case (.get, "/status"): self = .ask(.status)
        case (.post, "/lookup"): self = Self.lookup(request.body)
        case (.get, "/watch"): self = .watch(clear: request.head.queryValue("clear") == "1")
        case (_, "/status"), (_, "/watch"): self = .refuse(.text(405, "only GET is answered here"))
        case (_, "/lookup"): self = .refuse(.text(405, "only POST is answered here, with the number as its body"))
        case (_, _): self = .refuse(.text(404, "there is /status, /watch and /lookup"))
        }
    }

    /// The number is personal data: it comes in the body, which nobody logs, and no answer repeats it.
    private static func lookup(_ body: [UInt8]) -> ControlRoute {
        do throws(TagNumber.Mistyped) {
            return .ask(.lookup(try TagNumber(typed: String(decoding: body, as: UTF8.self))))
        } catch {
            return .refuse(.text(400, error.description))
        }
    }
}
