import Central
import Exchange
import HTTP
import Station

/// Requests to the two servers: `POST /path?query`, a header field a line, an empty line, and the body.
enum RequestFuzz {
    private static let fileSize = 1_000

    /// What is asked for is within its bounds, and its path leads there once more.
    static func ask(central bytes: [UInt8]) throws {
        guard let request = request(bytes) else { return }
        if let route = Route(request.segments) {
            try Finding.unless(Route(path(of: route)) == route, "a path written leads elsewhere")
        }
        if let digest = request.headers["Content-Digest-BLAKE2b"].flatMap({ Digest(hex: $0) }) {
            try Finding.unless(Digest(hex: digest.hex) == digest, "a digest written is another")
        }
        switch ByteRange(request.headers, size: fileSize, tag: "\"tag\"") {
        case .whole, .unsatisfiable: break
        case .part(let range):
            try Finding.unless(
                !range.isEmpty && range.lowerBound >= 0 && range.upperBound <= fileSize, "a range outside the file")
        }
    }

    private static func path(of route: Route) -> [String] {
        let journal = { (name: JournalName) in
            ["v1", "stations", "\(name.station.number)", "journals", name.journal.hex]
        }
        return switch route {
        case .health: ["v1", "health"]
        case .position(let name): journal(name) + ["position"]
        case .records(let name): journal(name) + ["records"]
        case .photo(let photo):
            journal(photo.journal) + ["photos", "\(photo.sequence.number)", photo.camera, "\(photo.number)"]
        case .enrolment(let station): ["v1", "stations", "\(station.number)", "enrolment"]
        case .certificate(let station): ["v1", "stations", "\(station.number)", "certificate"]
        case .list(let name): ["v1", "lists", name]
        case .listFile(let name, let file): ["v1", "lists", name, file.name]
        }
    }

    /// What cannot be done is refused in one line that repeats no number.
    static func ask(station bytes: [UInt8]) throws {
        guard let request = request(bytes) else { return }
        switch ControlRoute(request) {
        case .ask, .answer, .watch: break
        case .order(.listAdopt(let paths)):
            try Finding.unless(!paths.isEmpty && paths.allSatisfy { $0.hasPrefix("/") }, "a path that is not absolute")
        case .order: break
        case .refuse(let response):
            try Finding.unless((400...499).contains(response.status), "refused with \(response.status)")
            guard case .bytes(let text) = response.body, text.last == UInt8(ascii: "\n") else {
                throw Finding("a refusal that is no line")
            }
            try Wording.check(String(decoding: text.dropLast(), as: UTF8.self), showsNumbers: false)
        }
    }

    private static func request(_ bytes: [UInt8]) -> ServerRequest? {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let head = lines.prefix { !$0.isEmpty }
        let words = head.first?.split(separator: UInt8(ascii: " "), maxSplits: 1).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard let words, words.count == 2, let method = Method(rawValue: words[0]) else { return nil }
        let target = words[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = target.dropFirst().flatMap { $0.split(separator: "&") }.map { field($0, "=") }
        let headers = Headers(head.dropFirst().map { field(String(decoding: $0, as: UTF8.self)[...], ":") })
        let body = lines.dropFirst(head.count + 1).joined(separator: [UInt8(ascii: "\n")])
        let parsed = RequestHead(
            method: method, path: String(target[0]), query: query, headers: headers, peer: .network)
        return parsed.map { ServerRequest(head: $0, body: Array(body)) }
    }

    private static func field(_ text: Substring, _ separator: Character) -> Headers.Field {
        let parts = text.split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count > 1 ? parts[1] : ""
        return Headers.Field(name: String(parts.first ?? ""), value: String(value.drop { $0 == " " }))
    }
}
