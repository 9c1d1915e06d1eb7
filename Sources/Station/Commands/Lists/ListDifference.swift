import Exchange
import Lane

/// What makes one list of another, entry by entry in the order of the files.
struct ListDifference {
    /// What has become of one tag.
    enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        case added, removed, status, dates, `class`, denied, undenied
    }

    /// How many tags of each kind; the rest are the same in both.
    struct Counts: Codable, Hashable, Sendable {
        var added = 0
        var removed = 0
        /// Changed in these; of several the first of status, dates, class.
        var status = 0
        var dates = 0
        var `class` = 0
        /// Is denied now, or is no more.
        var denied = 0
        var undenied = 0
        var same = 0

        /// How many tags are not as they were.
        var different: Int { added + removed + status + dates + self.class + denied + undenied }

        mutating func count(_ kind: Kind) {
            switch kind {
            case .added: added += 1
            case .removed: removed += 1
            case .status: status += 1
            case .dates: dates += 1
            case .class: self.class += 1
            case .denied: denied += 1
            case .undenied: undenied += 1
            }
        }
    }

    /// One tag and what both lists say of it.
    struct Row: Hashable {
        let tag: TagNumber
        let kind: Kind
        let old: AgreementListEntry?
        let new: AgreementListEntry?
    }

    let counts: Counts

    /// Reads both, and hands on what differs: first what the old one has, then what is only in the new one.
    init(from old: AgreementList, to new: AgreementList, _ body: (Row) -> Void = { _ in }) {
        var counts = Counts()
        func take(_ tag: TagNumber, _ before: AgreementListEntry?, _ after: AgreementListEntry?) {
            guard let kind = Self.kind(before, after) else { return counts.same += 1 }
            counts.count(kind)
            body(Row(tag: tag, kind: kind, old: before, new: after))
        }
        // Both have their entries in one order: looking a tag up in the other list goes through it from its beginning to its end.
        old.entries { tag, entry in take(tag, entry, new.entry(of: tag)) }
        new.entries { tag, entry in
            if old.entry(of: tag) == nil { take(tag, nil, entry) }
        }
        self.counts = counts
    }

    private static func kind(_ old: AgreementListEntry?, _ new: AgreementListEntry?) -> Kind? {
        switch (old, new) {
        case (nil, nil): nil
        case (nil, .some): .added
        case (.some, nil): .removed
        case (.denial, .denial): nil
        case (.agreement, .denial): .denied
        case (.denial, .agreement): .undenied
        case (.agreement(let a, let classOfA), .agreement(let b, let classOfB)):
            if a.status != b.status {
                .status
            } else if a != b {
                .dates
            } else {
                classOfA == classOfB ? nil : .class
            }
        }
    }
}

extension AgreementListEntry {
    /// The entry for people: `prepaid-low, until 2026-01-01T00:00:00.000Z, heavy`.
    var words: String {
        switch self {
        case .denial: return "denied"
        case .agreement(let agreement, let vehicle):
            let status = AgreementsCSV.statuses.first { $0.value == agreement.status }?.word ?? ""
            let known = AgreementsCSV.classes.first { $0.value == vehicle }?.word
            return status + (agreement.validFrom.map { ", from \($0.text)" } ?? "")
                + (agreement.validUntil.map { ", until \($0.text)" } ?? "") + (known.map { ", \($0)" } ?? "")
        }
    }
}
