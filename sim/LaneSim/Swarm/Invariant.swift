import Lane

/// What must always hold, by its name in ARCHITECTURE.md.
enum Invariant: String, CaseIterable, Hashable, Sendable {
    /// What was committed or acknowledged is in the journal after any crash.
    case i1 = "I1"
    /// The central server has the journal's sequence, each record once, in order; gaps are declared.
    case i2 = "I2"
    /// Nothing is deleted too early, and no photo kept that should not be.
    case i3 = "I3"
    /// Decisions can be derived again from their records.
    case i4 = "I4"
    /// A denial wins, an absent tag is not approved, no lookup answers for another tag.
    case i5 = "I5"
    /// What has a limit keeps it.
    case i6 = "I6"
    /// A light follows from what is read and seen, and waits for nothing else.
    case i7 = "I7"
    /// When faults end, the backlog reaches zero.
    case i8 = "I8"
    /// One aspect at a time, and dark when nobody is in control.
    case i9 = "I9"
    /// Damage is found, never taken for data, and the station starts.
    case i10 = "I10"
}

/// An invariant that did not hold.
struct Violation: Hashable, Sendable {
    let invariant: Invariant
    /// From the first moment on, where there is one.
    let at: Interval?
    /// One line, without tag or plate number.
    let words: String
}
