/// One thing that is derived otherwise than it was recorded.
struct ReplayDifference: Encodable, Hashable, Sendable {
    /// What of the record it is.
    enum What: String, Encodable, Sendable {
        /// What the list says of one read.
        case judgement
        /// Which list was in force, or which file it was.
        case list
        /// The outcome of a passage, with its light.
        case decision
        /// The outcome before a late read revised it.
        case earlier
        case tag
        /// `ResultOp` and `ResultFin`.
        case codes
        /// When it was decided.
        case time
        case flags
        case photosDue
        /// A camera that fired, or did not.
        case trigger
        /// The whole lane, driven again, has other passages (`--lane`).
        case passage
    }

    let sequence: UInt64
    let lane: UInt8?
    /// UTC, as the record has it.
    let time: String
    let what: What
    let recorded: String
    let derived: String
    /// Why it is derived so, in words.
    let because: String
}
