import Exchange
import Lane

/// What `station list show` says of one list file.
struct ListFileReport: Codable, Hashable, Sendable {
    /// What it is to the station: `inForce`, `previous`, `next`; nil: a file that somebody named.
    var place: String?
    var path: String
    var name: String
    var version: String
    var bytes: Int
    var entries: Int
    var issuedAt: String
    var activeFrom: String
    /// Milliseconds since it was issued; negative: it will be.
    var age: Int64
    var isStale: Bool
    var isActive: Bool
    /// For which issuers it speaks; empty: for everybody.
    var issuers: [String]
    var key: String
    var digest: String
    var tally: ListTally?

    /// - Parameter isCounted: whether all of it is read, to count how its entries stand.
    init(of list: AgreementList, at path: String, place: String? = nil, isCounted: Bool = true, now utc: UTC) {
        self.place = place
        self.path = path
        (name, version) = (list.name, list.version.text)
        (bytes, entries) = (list.bytes, list.count)
        (issuedAt, activeFrom) = (list.issuedAt.text, list.activeFrom.text)
        age = utc.milliseconds - list.issuedAt.milliseconds
        (isStale, isActive) = (list.isStale(at: utc), utc >= list.activeFrom)
        issuers = list.issuers.map(\.text)
        key = "\(list.header.key)"
        digest = list.digest.hex
        tally = isCounted ? ListTally(of: list) : nil
    }

    /// For people, a line each.
    var lines: [String] {
        let role = place.map { Self.roles[$0] ?? $0 } ?? "list"
        let age = age < 0 ? "in \(StatusText.span(-age))" : "\(StatusText.span(age)) ago"
        return [
            "\(role)  \(name) \(version)",
            "file     \(path), \(bytes) bytes",
            "issued   \(issuedAt), \(age)\(isStale ? ", STALE" : "")",
            "active   " + (isActive ? "since \(activeFrom)" : "from \(activeFrom) on, NOT YET"),
            "issuers  " + (issuers.isEmpty ? "everybody's" : issuers.joined(separator: ", ")),
            "signed   by key \(key)",
            "entries  \(entries)",
        ] + (tally?.lines ?? [])
    }

    private static let roles = [
        "inForce": "list in force", "previous": "list before it", "next": "list that waits",
    ]
}
