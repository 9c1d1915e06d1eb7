import Lane

/// What holds for every record of a journal.
///
/// A record is one line of canonical JSON, its **body**, and the digest that chains it to the record before:
///
///     {"v":1,"station":…,"journal":"<32 hex>","sequence":…,"type":"passage","boot":"…",
///      "at":{"utc":"2026-01-31T12:00:00.123Z","mono":<ns>},"clock":"good", … the members of its type … }
///
/// Canonical: fixed order of members, members without a value left out, no white space, integers only, ASCII (anything
/// else as `\u` escapes). `mono` and every offset are nanoseconds; offsets count from the record's `start`.
package enum Record {
    /// The longest body, in bytes: a bounded line for every reader. The worst passage is shorter (tested). It was 4 096 until the flag
    /// `listUnverified` came: a program that reads lines into a room of 4 096 bytes needs a larger one.
    package static let mostBytes = 4_224

    /// The version of the body's format, its member `v`.
    package static let format = 1
}
