import Lane

/// Records of a journal that its station cannot deliver any more. A `gap` record stands in their place, and in the first one's sequence:
///
///     {"v":1,…,"sequence":12,"type":"gap",…,"reason":"damaged","upTo":18,"digest":"…"}
///
/// It continues the chain of the record before it like any. The record after the last one that is lost continues `digest`, which was the
/// last one's; where there is none, the gap's own.
package struct LostRecords: Hashable, Sendable {
    /// The word of the type of the record that declares them.
    package static let type = "gap"

    /// Why nobody will ever see them.
    package enum Reason: String, CaseIterable, Hashable, Sendable {
        /// They are not what was sealed, cannot be read, or cannot be told from what was not sealed.
        case damaged
        /// Central had acknowledged them and lost them, and their retention here had passed.
        case expired
    }

    /// The highest sequence that a gap can name: every database has room for it.
    package static let mostSequence = Sequence(999_999_999_999_999_999)

    package let first: Sequence
    package let last: Sequence
    /// What the record after the last one continues; nil: the gap record itself.
    package let digest: Digest?
    package let reason: Reason

    package init(_ first: Sequence, to last: Sequence, digest: Digest?, reason: Reason) {
        self.first = first
        self.last = last
        self.digest = digest
        self.reason = reason
    }

    /// What a record's body declares as lost; nil: it declares nothing of the kind.
    package init?(body: [UInt8]) {
        guard let lost = RecordFields(body: body)?.lost else { return nil }
        self = lost
    }

    /// How many.
    package var count: Int { Int(clamping: last.number - first.number + 1) }
}

extension LostRecords: CustomStringConvertible {
    package var description: String {
        let records = first == last ? "record \(first.number) is" : "records \(first.number) to \(last.number) are"
        return switch reason {
        case .damaged: "\(records) lost: damaged at the station"
        case .expired: "\(records) lost: past retention at the station"
        }
    }
}

extension RecordFields {
    /// The records in whose place this one stands.
    package var lost: LostRecords? {
        guard type == LostRecords.type, let upTo, sequence <= upTo, upTo <= LostRecords.mostSequence,
            let reason = reason.flatMap(LostRecords.Reason.init)
        else { return nil }
        return LostRecords(sequence, to: upTo, digest: digest, reason: reason)
    }
}
