import Lane
import Lights

/// What a vehicle should come to, from the truth alone: its tags, the list in force, and the faults of the moment.
package struct Due: Hashable, Sendable {
    /// The first is what should be. The others are right as well, for the reason that `excuse` gives.
    package var outcomes: [Outcome]
    /// Not what should be, but a fault is the reason.
    package var excusedOutcomes: [Outcome] = []
    /// The state of its tag, or the fault in force: the row of the confusion matrices.
    package var cause: String
    /// Why more than one outcome is right, or why it may be missed; empty when there is no excuse.
    package var excuse = ""
    /// Whether the station can be blamed for not seeing it.
    package var mustBeSeen = true
    /// Whether its tag may be lost on the way to the station.
    package var tagMayBeLost = false
    /// What its head should show in the end; the first is what should be.
    package var aspects: [Aspect] = []
    /// Not what should be shown, but a fault is the reason.
    package var excusedAspects: [Aspect] = []
    /// Whether photos of it are to be kept; nil: either is right.
    package var photo: Bool?

    package init(_ outcomes: [Outcome], cause: String) {
        precondition(!outcomes.isEmpty, "a vehicle comes to something")
        self.outcomes = outcomes
        self.cause = cause
    }

    package var outcome: Outcome { outcomes[0] }
}
