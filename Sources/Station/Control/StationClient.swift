import Devices
import FoundationEssentials
import HTTP
import Lane
import Sync

/// Asks a running station over its control socket.
package struct StationClient: Sendable {
    /// Why a station does not answer; one line.
    package struct Unanswered: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    private let socket: String
    /// A station answers in milliseconds; a stalled one says so within two seconds.
    private static let timeOuts = TimeOuts(connect: .seconds(2), stall: .seconds(5), total: .seconds(5))

    package init(socket: String) { self.socket = socket }

    /// The status as the station writes it.
    package func statusJSON() throws -> [UInt8] { try ask(.get, "/status") }

    /// What the list in force says of a tag, its number as people type it; it goes in the body, which nobody logs.
    package func lookup(_ number: String) throws -> LookupReport {
        let answer = try ask(.post, "/lookup", body: Array(number.utf8))
        return try JSONDecoder().decode(LookupReport.self, from: Data(answer))
    }

    /// Has the running station take the list in these files; absolute paths. Returns when it is done, or not.
    package func adopt(_ paths: [String]) throws -> ListReply {
        try order("/list/adopt", body: Array(try JSONEncoder().encode(paths)))
    }

    /// Has the running station go back to the list before.
    package func back() throws -> ListReply { try order("/list/back") }

    /// The station holds each request for a while, so that asking again needs no pause of ours.
    private func order(_ path: String, body: [UInt8] = []) throws -> ListReply {
        var response = try perform(.post, path, body: body)
        var rounds = 0
        while response.status == 202, rounds < Self.mostRounds {
            let number = String(decoding: response.body, as: UTF8.self).filter(\.isNumber)
            response = try perform(.get, "/list/answer?number=\(number)")
            rounds += 1
        }
        guard response.status == 200 else { throw Self.unanswered(response) }
        return try JSONDecoder().decode(ListReply.self, from: Data(response.body))
    }

    /// Of two seconds each: half an hour. A list of 64 million entries from a slow stick takes minutes.
    private static let mostRounds = 900

    private func ask(_ method: HTTP.Method, _ path: String, body: [UInt8] = []) throws -> [UInt8] {
        let response = try perform(method, path, body: body)
        guard response.status == 200 else { throw Self.unanswered(response) }
        return response.body
    }

    private func perform(_ method: HTTP.Method, _ path: String, body: [UInt8] = []) throws -> Response {
        var client = Client()
        let endpoint = try Endpoint("unix:\(socket)")
        return try client.perform(Request(method, endpoint, path, body: body, timeOuts: Self.timeOuts))
    }

    private static func unanswered(_ response: Response) -> Unanswered {
        Unanswered(description: String(decoding: response.body, as: UTF8.self).filter { $0 != "\n" })
    }

    /// The status.
    package func report() throws -> StatusReport {
        try JSONDecoder().decode(StatusReport.self, from: Data(try statusJSON()))
    }

    /// The status; nil while the station does not answer.
    package func status() -> StatusReport? {
        do { return try report() } catch { return nil }
    }

    /// Follows the passages until the station ends or the flag is raised.
    package func watch(
        clear: Bool = false, stop: StopFlag = StopFlag(), _ take: @escaping (WatchLine) -> Void
    ) throws {
        var client = Client(stop: stop)
        let endpoint = try Endpoint("unix:\(socket)")
        // The station sends a heartbeat every ten seconds; a watch may last for days.
        let times = TimeOuts(connect: .seconds(2), stall: .seconds(30), total: .days(365))
        var rest: [UInt8] = []
        let request = Request(
            .get, endpoint, "/watch\(clear ? "?clear=1" : "")", timeOuts: times, mostBytes: .max)
        let response = try client.perform(
            request,
            into: { piece in
                rest += piece
                while let end = rest.firstIndex(of: 0x0A) {
                    let line = rest[..<end]
                    if line.starts(with: Array("data: ".utf8)) {
                        take(try JSONDecoder().decode(WatchLine.self, from: Data(line.dropFirst(6))))
                    }
                    rest.removeSubrange(...end)
                }
            })
        guard response.status == 200 else {
            throw Unanswered(description: String(decoding: response.body, as: UTF8.self).filter { $0 != "\n" })
        }
    }
}
