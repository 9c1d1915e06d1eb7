import FoundationEssentials
import HTTP
import Lane

/// What a request at the control socket comes to: the one place that knows what can be asked there.
package enum ControlRoute {
    case ask(Question)
    /// Something to be done about the list: it may take minutes.
    case order(Question)
    /// Whether an order is done.
    case answer(UInt64)
    case watch(clear: Bool)
    case refuse(ServerResponse)

    package init(_ request: ServerRequest) {
        switch (request.method, request.path) {
        case (.get, "/status"): self = .ask(.status)
        case (.post, "/lookup"): self = Self.lookup(request.body)
        case (.get, "/watch"): self = .watch(clear: request.head.queryValue("clear") == "1")
        case (.post, "/list/adopt"): self = Self.adopt(request.body)
        case (.post, "/list/back"): self = .order(.listBack)
        case (.get, "/list/answer"):
            let number = request.head.queryValue("number").flatMap { UInt64($0) }
            self = number.map { .answer($0) } ?? .refuse(.text(400, "say which answer: number=N"))
        case (_, "/list/adopt"), (_, "/list/back"): self = .refuse(.text(405, "only POST is answered here"))
        case (_, "/status"), (_, "/watch"), (_, "/list/answer"): self = .refuse(.text(405, "only GET is answered here"))
        case (_, "/lookup"): self = .refuse(.text(405, "only POST is answered here, with the number as its body"))
        case (_, _):
            let paths = "/status, /watch, /lookup, /list/adopt, /list/back and /list/answer"
            self = .refuse(.text(404, "there is \(paths)"))
        }
    }

    /// A tag's number, with room for spaces.
    private static let mostNumberBytes = 64

    /// Absolute paths, as a JSON array of strings.
    private static func adopt(_ body: [UInt8]) -> ControlRoute {
        do {
            let paths = try JSONDecoder().decode([String].self, from: Data(body))
            guard !paths.isEmpty, paths.allSatisfy({ $0.hasPrefix("/") }) else {
                return .refuse(.text(400, "expected one or more absolute paths"))
            }
            return .order(.listAdopt(paths))
        } catch {
            return .refuse(.text(400, "expected a JSON array of absolute paths"))
        }
    }

    /// The number is personal data: it comes in the body, which nobody logs, and no answer repeats it.
    private static func lookup(_ body: [UInt8]) -> ControlRoute {
        guard body.count <= mostNumberBytes else { return .refuse(.text(413, "that is longer than a tag's number")) }
        do throws(TagNumber.Mistyped) {
            return .ask(.lookup(try TagNumber(typed: String(decoding: body, as: UTF8.self))))
        } catch {
            return .refuse(.text(400, error.description))
        }
    }
}
