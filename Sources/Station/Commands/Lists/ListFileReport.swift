import Exchange
import Lane

/// What `station list show` says of one list file: a whole list, a change, or a part.
struct ListFileReport: Codable, Hashable, Sendable {
    /// How many operations of a change do what.
    struct Operations: Codable, Hashable, Sendable {
        var agreements: Int
        var denials: Int
        var removals: Int
    }

    /// `whole`, `change` or `part`.
    var kind: String
    /// What it is to the station: `inForce`, `previous`, `next`; nil: a file that somebody named.
    var place: String?
    var path: String
    var name: String
    /// Of the list; of a change: of the list that results.
    var version: String
    /// The file.
    var bytes: Int
    /// The list that it is, leads to, or is a part of.
    var listBytes: Int
    /// Of that list.
    var entries: Int
    var issuedAt: String
    var activeFrom: String
    /// Milliseconds since it was issued; negative: it will be.
    var age: Int64
    var isStale: Bool
    var isActive: Bool
    /// For which issuers it speaks; empty: for everybody; nil: a part does not say.
    var issuers: [String]?
    var key: String
    /// Of the list's content.
    var digest: String
    /// Of a whole list.
    var tally: ListTally?
    /// The one version on which a change can be applied.
    var predecessor: String?
    /// Of a change.
    var operations: Operations?
    /// Which part it is, from 1, of how many.
    var part: Int?
    var parts: Int?

    /// - Parameter isCounted: whether all of a whole list is read, to count how its entries stand.
    init(of file: AgreementListFile, at path: String, place: String? = nil, isCounted: Bool = true, now utc: UTC) {
        let list = file.list
        self.place = place
        self.path = path
        (name, version) = (list.name, list.version.text)
        (bytes, listBytes, entries) = (file.bytes, list.fileBytes, list.count)
        (issuedAt, activeFrom) = (list.issuedAt.text, list.activeFrom.text)
        age = utc.milliseconds - list.issuedAt.milliseconds
        (isStale, isActive) = (list.isStale(at: utc), utc >= list.activeFrom)
        key = "\(list.key)"
        digest = list.digest.hex
        switch file {
        case .whole(let list):
            kind = "whole"
            issuers = list.issuers.map(\.text)
            tally = isCounted ? ListTally(of: list) : nil
        case .change(let change):
            kind = "change"
            issuers = change.issuers.map(\.text)
            predecessor = change.predecessor.version.text
            let header = change.header
            operations = Operations(
                agreements: header.approvals, denials: header.denials, removals: header.removals)
        case .part(let part):
            kind = "part"
            (self.part, parts) = (part.part.number, part.part.of)
        }
    }

    /// For people, a line each.
    var lines: [String] {
        let age = age < 0 ? "in \(StatusText.span(-age))" : "\(StatusText.span(age)) ago"
        var lines = [headline, "file     \(path), \(bytes) bytes"]
        lines.append("issued   \(issuedAt), \(age)\(isStale ? ", STALE" : "")")
        lines.append("active   " + (isActive ? "since \(activeFrom)" : "from \(activeFrom) on, NOT YET"))
        if let issuers {
            lines.append("issuers  " + (issuers.isEmpty ? "everybody's" : issuers.joined(separator: ", ")))
        }
        lines.append("signed   by key \(key)")
        return lines + contents
    }

    private var headline: String {
        switch (predecessor, part, parts) {
        case (let base?, _, _): "change  \(name) from \(base) to \(version), for lists of \(base) only"
        case (nil, let part?, let parts?): "part  \(part) of \(parts) of the list \(name) \(version)"
        default: "\(place.map { Self.roles[$0] ?? $0 } ?? "list")  \(name) \(version)"
        }
    }

    private var contents: [String] {
        if let operations {
            return [
                "changes  agreements \(operations.agreements), denials \(operations.denials), removals \(operations.removals)",
                "makes    a list of \(entries) entries, \(listBytes) bytes",
            ]
        }
        guard part == nil else {
            return ["makes    with the other parts a list of \(entries) entries, \(listBytes) bytes"]
        }
        return ["entries  \(entries)"] + (tally?.lines ?? [])
    }

    private static let roles = [
        "inForce": "list in force", "previous": "list before it", "next": "list that waits",
    ]
}
