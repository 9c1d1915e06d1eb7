import Devices
import Glibc
import HTTP
import Lane

/// What the running daemon answers on its Unix socket. A web console can later be the same answers.
///
///     GET  /status         StatusReport as JSON
///     GET  /watch?clear=1  server-sent events, a WatchLine each
///     POST /lookup         a tag's number, as people type it → LookupReport as JSON
struct ControlServer: ~Copyable {
    /// The decision thread answers within a millisecond; longer means that it stalls, and the watchdog has the word.
    static let answerWithin = Interval.seconds(2)
    /// A program of this computer asks at once; one that says nothing holds a thread.
    static let requestWithin = Interval.seconds(3)
    /// A tag's number, with room for spaces.
    static let mostBodyBytes = 64

    private let server: Server

    /// - Parameters:
    ///   - socket: an absolute path.
    ///   - group: members may ask; so may root and our own user.
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
