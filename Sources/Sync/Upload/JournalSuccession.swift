import Lane

/// When the station may begin a new journal because central's does not fit ours.
///
/// A restored disk is one disagreement. A central that is wrong would disagree with every journal, and each new one costs a file:
/// so there is none after a journal of which central has taken nothing (it cannot know that one), and never two in a short time.
struct JournalSuccession: Hashable, Sendable {
    /// The pause after the first new journal: nobody restores a disk twice in it.
    static let shortest = Interval.minutes(10)
    /// The pause however often it happened.
    static let longest = Interval.days(1)

    /// Central has taken nothing of the journal that was begun last.
    private var isUnproved = false
    private var notBefore: Instant?
    private var pause = shortest

    /// Takes up what the journal tells of the runs before this one: a restart is no reason for one more.
    mutating func resume(_ before: JournalState.Succession, isProved: Bool, at now: Instant) {
        guard notBefore == nil else { return }
        // 2⁸ times ten minutes is beyond the longest already.
        pause = min(Self.shortest * (1 << Int64(min(before.count, 9) - 1)), Self.longest)
        notBefore = now - min(before.age, pause) + pause
        pause = min(pause * 2, Self.longest)
        isUnproved = !isProved
    }

    /// Why no new journal is begun now; nil: it is to be begun.
    mutating func begin(at now: Instant) -> String? {
        guard !isUnproved else { return "though this journal was begun anew and it has taken nothing of it" }
        if let notBefore, now < notBefore { return "and a new journal was begun only lately" }
        isUnproved = true
        notBefore = now + pause
        pause = min(pause * 2, Self.longest)
        return nil
    }

    /// The new journal did not come about, or central has taken records of it.
    mutating func settle() { isUnproved = false }
}
