import Lane

/// The first 320 bytes of a list file, of a change and of a part. All numbers are little-endian and stand at multiples of their
/// size; times are milliseconds since 1970-01-01T00:00Z. Bytes 0 to 255 are what is signed.
///
///       0   8  magic 89 "BOMLST" 0A      128   8  key mix, 1: `KeyMix`
///       8   2  format, 1                 136   8  offset of the issuers, 0: none
///      10   2  size of the header, 320   144   8  number of issuers, up to 1 000
///      12   2  layout, 2: buckets        152   8  key id of the signature
///      14   2  kind: `Kind`              160  32  digest of the content, BLAKE2b-256
///      16  32  name, padded with zeros   192  32  of a change: digest of the predecessor's content
///      48   4  epoch                     224   4  epoch of the predecessor
///      52   4  version                   228   4  version of the predecessor
///      56   8  issued at                 232   4  of a part: its number, from 1
///      64   8  active from               236   4  how many parts there are
///      72   8  stale after, a span       240  16  zeros
///      80   8  number of entries         256  64  signature, Ed25519, over bytes 0 to 255
///      88   8  of them approvals         320      the content
///      96   8  of them denials
///     104   8  offset of the content     320 is a multiple of 64: in a mapped file no bucket
///     112   8  bytes of the content      lies across two cache lines. Other layouts, kinds
///     120   8  zero                      and key mixes get numbers of their own; a reader
///                                        refuses a number it does not know.
///
/// What a kind does not have is zero. A change counts its operations as entries: what is neither approval nor denial is a removal.
/// A part has no entries of its own, and neither of the two has issuers here: the list's header follows in their content.
package struct AgreementListHeader: Hashable, Sendable {
    /// What the file is.
    package enum Kind: UInt16, Sendable {
        /// A whole list: `AgreementListLayout`.
        case whole = 1
        /// What makes of one version the next.
        case change = 2
        /// A stretch of a whole list.
        case part = 3
    }

    /// The one list that a change can be applied to.
    package struct Predecessor: Hashable, Sendable {
        package let version: ListVersion
        /// Of its content.
        package let digest: Digest
    }

    /// Which part, from 1, of how many.
    package struct Part: Hashable, Sendable {
        package let number: Int
        package let of: Int

        /// The most parts of a list.
        static let most = 1_000
    }

    /// Which list: a name that stays the same over its versions (`RecordContext.isName`).
    package var name: String
    package var version: ListVersion
    package var issuedAt: UTC
    /// The list may be used from this moment on.
    package var activeFrom: UTC
    /// A list older than this is stale: decided by as usual, flagged and alarmed. It counts from `issuedAt`, of a list of the future from
    /// `activeFrom`. Above zero, whole milliseconds.
    package var staleAfter: Interval
    /// The rest is filled in by whoever builds the file.
    package internal(set) var kind = Kind.whole
    /// Of a change.
    package internal(set) var predecessor: Predecessor?
    /// Of a part.
    package internal(set) var part: Part?
    package internal(set) var approvals = 0
    package internal(set) var denials = 0
    /// Of a change.
    package internal(set) var removals = 0
    /// Of a whole list: how many issuers its table names; none: it speaks for everybody.
    package internal(set) var issuerCount = 0
    /// Bytes behind the header.
    package internal(set) var contentBytes = 0
    /// BLAKE2b-256 of everything behind the header.
    package internal(set) var digest = Digest.zero
    package internal(set) var key = KeyID(0)

    package init(name: String, version: ListVersion, issuedAt: UTC, activeFrom: UTC? = nil, staleAfter: Interval) {
        self.name = name
        self.version = version
        self.issuedAt = issuedAt
        self.activeFrom = activeFrom ?? issuedAt
        self.staleAfter = staleAfter
    }

    /// How many entries the list has, or how many operations the change.
    package var count: Int { approvals + denials + removals }
    /// The whole file, in bytes.
    package var fileBytes: Int { Self.bytes + contentBytes }
    /// The table of issuers, in bytes.
    var issuerBytes: Int { issuerCount * IssuerPrefix.tableRowBytes }
    /// Buckets of a whole list, those behind the last entry's own among them.
    var buckets: Int { (contentBytes - issuerBytes) / AgreementListLayout.bucketBytes }

    /// Whether the list is older than its `staleAfter`. While a list of the future waits it does not age: the one before does.
    package func isStale(at utc: UTC) -> Bool {
        let since = max(issuedAt, activeFrom)
        let (age, overflow) = utc.milliseconds.subtractingReportingOverflow(since.milliseconds)
        return overflow ? utc > since : age > staleAfter.milliseconds
    }

    package static let bytes = 320
    static let signedBytes = 256
    /// Longer than this no list is good for: ten years.
    static let longestStaleAfter = Interval.days(3_650)
}
