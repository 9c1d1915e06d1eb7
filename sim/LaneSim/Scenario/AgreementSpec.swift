import Central
import Lane

/// An agreement that a scenario names.
package struct AgreementSpec: Hashable, Sendable {
    package var name: String
    /// As the tag gives it to the reader, and as the list has it.
    package var tag: TagNumber
    package var text: String
    package var standing = Standing.approved
    package var from: UTC?
    package var until: UTC?
    /// The vehicle that it was made for; another vehicle with this tag is a tag that was moved.
    package var plate = ""

    package init(name: String, tag: TagNumber, text: String) {
        self.name = name
        self.tag = tag
        self.text = text
    }
}

/// A list that the central server publishes at a moment.
package struct PublishedList: Sendable {
    /// What is wrong with its bytes, on purpose.
    package enum Damage: String, CaseIterable, Hashable, Sendable {
        case none
        /// One bit in its entries is flipped.
        case content
        /// Signed with a key that the station does not trust.
        case signature
        /// Only its first half arrives.
        case truncated
        /// Its version is lower than that of the one before.
        case older
        /// It is offered as a change on a list that the station does not have.
        case otherBase
    }

    package var at: Interval
    package var entries: [AgreementSpec]
    package var damage = Damage.none
    /// After this time since it was issued the list is stale.
    package var staleAfter = Interval.days(3)
    /// It is to be used so long after it was published.
    package var activeAfter = Interval.zero

    package init(at: Interval, entries: [AgreementSpec]) {
        self.at = at
        self.entries = entries
    }

    /// The same with no denial in it.
    var withoutDenials: PublishedList {
        var list = self
        list.entries.removeAll { $0.standing == .denied }
        return list
    }

    /// The same, but the second half of its tags stands as on another list.
    func halfStill(_ other: PublishedList) -> PublishedList {
        let before = Dictionary(grouping: other.entries, by: \.tag)
        var list = self
        let half = Set(entries.dropFirst(entries.count / 2).map(\.tag))
        list.entries.removeAll { half.contains($0.tag) && before[$0.tag] != nil }
        for tag in half.sorted(by: { $0.key < $1.key }) { list.entries += before[tag] ?? [] }
        return list
    }
}
