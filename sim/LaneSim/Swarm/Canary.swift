/// A way to break an invariant on purpose, between the station's machine and its world: the check of that invariant has to find it.
package enum Canary: String, CaseIterable, Hashable, Sendable {
    /// For three seconds commits are said to have returned and are not carried out; then the station is killed.
    case commitDropped
    /// For three seconds readers are told at once that their reads are taken; then the station is killed before anything was written.
    case acknowledgedBeforeCommit
    /// The central server stores a record twice.
    case recordDoubled
    /// The central server stores two records in the wrong order.
    case recordsSwapped
    /// A record goes out under another number.
    case retryRenumbered
    /// A photo that was to be thrown away stays.
    case photoKept
    /// Lists come without their denials.
    case denialsStripped
    /// The machine is given civil time as `now`.
    case wallTimeAsNow
    /// A head's other places stay lit.
    case twoAspects
    /// Half of each list's tags still stand as on the one before.
    case listHalfSwapped
    /// Those who take photos keep every job.
    case jobsKept
    /// A light waits until the next commit has returned.
    case lightAfterCommit
    /// After a while nothing that is delivered arrives any more.
    case deliveryEnds
    /// A damaged tag's text is repaired into another one's.
    case damageRepaired

    /// Whose check has to find it.
    var invariant: Invariant {
        switch self {
        case .commitDropped, .acknowledgedBeforeCommit: .i1
        case .recordDoubled, .recordsSwapped, .retryRenumbered: .i2
        case .photoKept: .i3
        case .wallTimeAsNow: .i4
        case .denialsStripped, .listHalfSwapped: .i5
        case .jobsKept: .i6
        case .lightAfterCommit: .i7
        case .deliveryEnds: .i8
        case .twoAspects: .i9
        case .damageRepaired: .i10
        }
    }

    /// The first of some seeds whose run its invariant's check objects to; nil: none.
    func caught(seeds: ClosedRange<UInt64>, days: Int) -> UInt64? {
        seeds.first { seed in
            SwarmRun(seed: seed, days: days, breaking: self).violations.contains { $0.invariant == invariant }
        }
    }
}
