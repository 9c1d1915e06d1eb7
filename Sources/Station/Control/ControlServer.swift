import Devices
import Glibc
import HTTP
import Lane

/// What the running daemon answers on its Unix socket. A web console can later be the same answers.
///
///     GET  /status         StatusReport as JSON
///     GET  /watch?clear=1  server-sent events, a WatchLine each
///     POST /lookup         a tag's number, as people type it → LookupReport as JSON
///     POST /list/adopt     a JSON array of absolute paths → 200 ListReply as JSON, or 202 and a number
///     POST /list/back      → the same
///     GET  /list/answer?number=N   → the same, of that order
struct ControlServer: ~Copyable {
    /// The decision thread answers within a millisecond; longer means that it stalls, and the watchdog has the word.
    static let answerWithin = Interval.seconds(2)
    /// A program of this computer asks at once; one that says nothing holds a thread.
    static let requestWithin = Interval.seconds(3)
    /// The paths of the parts of a list.
    static let mostBodyBytes = 131_072

    private let server: Server

    /// - Parameters:
    ///   - socket: an absolute path.
    ///   - group: members may ask; root and our own user may also order.
    init(
        socket: String, group: UInt32?, mailbox: Mailbox<Event>, desk: ReplyDesk<Answer>, watchers: Watchers
    ) throws(ServerError) {
        // Others cannot even connect, and so cannot take all places by saying nothing. Who is answered is judged a second time,
        // by the caller that the kernel names.
        let mode: UInt32 = group == nil ? 0o600 : 0o660
        var settings = ServerSettings(address: .unixSocket(path: socket, mode: mode, group: group))
        settings.mostConnections = Watchers.most + 16
        settings.requestWithin = Self.requestWithin
        settings.mostBodyBytes = Self.mostBodyBytes
        server = try Server(settings) { request in
            guard Self.isAllowed(request.peer, group: group) else {
                return .text(403, "you are not allowed; ask to be added to the station's group")
            }
            switch ControlRoute(request) {
            case .ask(let question): return Self.answer(question, mailbox, desk)
            case .order(let question):
                guard Self.mayOrder(request.peer) else {
                    return .text(403, "orders are for root and the station's own user; members of its group may ask")
                }
                return Self.order(question, mailbox, desk)
            case .answer(let number): return Self.answer(to: number, desk)
            case .watch(let clear):
                guard let outbox = watchers.join(clear: clear) else {
                    return .text(503, "too many are watching already")
                }
                return .events(from: outbox)
            case .refuse(let response): return response
            }
        }
    }

    /// Ends open streams, then the server.
    consuming func stop(_ watchers: Watchers) {
        watchers.finish()
        server.stop()
    }

    /// Root, our own user, and members of the group; nobody from a network.
    static func isAllowed(_ peer: Peer, group: UInt32?) -> Bool {
        guard case .local(let caller) = peer else { return false }
        return caller.user == 0 || caller.user == getuid() || group.map(caller.groups.contains) ?? false
    }

    /// What changes something takes more than the right to ask: root, or our own user.
    static func mayOrder(_ peer: Peer) -> Bool {
        guard case .local(let caller) = peer else { return false }
        return caller.user == 0 || caller.user == getuid()
    }

    /// Has the decision thread begin; what takes long is asked about again.
    private static func order(
        _ question: Question, _ mailbox: Mailbox<Event>, _ desk: ReplyDesk<Answer>
    ) -> ServerResponse {
        let number = desk.ask()
        do { try mailbox.post(.asked(number, question)) } catch { return .text(500, "\(error)") }
        return answer(to: number, desk)
    }

    private static func answer(to number: UInt64, _ desk: ReplyDesk<Answer>) -> ServerResponse {
        do {
            guard desk.isWaiting(for: number) else {
                return .text(404, "no order has this number, or its answer was told")
            }
            let answer = try desk.wait(for: number, until: MonotonicClock.now() + answerWithin, isKept: true)
            return try answer.map { .json(200, try $0.json) } ?? .text(202, "\(number)")
        } catch {
            return .text(500, "\(error)")
        }
    }

    /// Has the decision thread answer.
    private static func answer(
        _ question: Question, _ mailbox: Mailbox<Event>, _ desk: ReplyDesk<Answer>
    ) -> ServerResponse {
        let number = desk.ask()
        do {
            try mailbox.post(.asked(number, question))
            guard let answer = try desk.wait(for: number, until: MonotonicClock.now() + answerWithin) else {
                return .text(503, "the decision thread does not answer")
            }
            return .json(200, try answer.json)
        } catch {
            return .text(500, "\(error)")
        }
    }
}
