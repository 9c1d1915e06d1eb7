import Devices
import FoundationEssentials
import Glibc
import HTTP
import Lane

/// What the running daemon answers on its Unix socket. A web console can later be the same answers.
///
///     GET /status         StatusReport as JSON
///     GET /watch?clear=1  server-sent events, a WatchLine each
struct ControlServer: ~Copyable {
    /// The decision thread answers within a millisecond; longer means that it stalls, and the watchdog has the word.
    static let answerWithin = Interval.seconds(2)

    private let server: Server

    /// - Parameters:
    ///   - socket: an absolute path.
    ///   - group: members may ask; so may root and our own user.
    init(
        socket: String, group: UInt32?, mailbox: Mailbox<Event>, desk: ReplyDesk<StatusReport>, watchers: Watchers
    ) throws(ServerError) {
        // Anybody may connect: who is answered is judged by the caller that the kernel names.
        var settings = ServerSettings(address: .unixSocket(path: socket, mode: 0o666))
        settings.mostConnections = Watchers.most + 16
        server = try Server(settings) { request in
            guard Self.isAllowed(request.peer, group: group) else {
                return .text(403, "you are not allowed; ask to be added to the station's group")
            }
            switch (request.method, request.path) {
            case (.get, "/status"): return Self.status(mailbox, desk)
            case (.get, "/watch"):
                guard let outbox = watchers.join(clear: request.head.queryValue("clear") == "1") else {
                    return .text(503, "too many are watching already")
                }
                return .events(from: outbox)
            case (_, "/status"), (_, "/watch"): return .text(405, "only GET is answered here")
            case (_, _): return .text(404, "there is /status and /watch")
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

    private static func status(_ mailbox: Mailbox<Event>, _ desk: ReplyDesk<StatusReport>) -> ServerResponse {
        let question = desk.ask()
        do {
            try mailbox.post(.status(question))
            guard let report = try desk.wait(for: question, until: MonotonicClock.now() + answerWithin) else {
                return .text(503, "the decision thread does not answer")
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return .json(200, Array(try encoder.encode(report)) + [0x0A])
        } catch {
            return .text(500, "\(error)")
        }
    }
}
