import Lane
import Lights

/// One vehicle: what it should have come to, and what the station made of it.
package struct VehicleVerdict: Sendable {
    /// Whether the station saw it.
    package enum Sight: String, CaseIterable, Hashable, Sendable {
        /// Exactly one passage.
        case seen
        /// No passage, and no reason for it.
        case missed
        /// More than one passage.
        case doubled
        /// No passage, and a fault or the site's devices are the reason.
        case excused
    }

    /// What became of its tag.
    package enum TagFate: String, CaseIterable, Hashable, Sendable {
        /// Its passage has it.
        case read
        /// A tag was noticed and not read.
        case unreadable
        /// It has a tag, and none was noticed.
        case notHeard = "not heard"
        /// It decided another vehicle.
        case swapped = "given to the wrong vehicle"
    }

    /// What the station did, held against what it should have done.
    package enum Judged: String, CaseIterable, Hashable, Sendable {
        case right
        /// Approved, or a kinder light, though it should not be.
        case tooKind = "too kind"
        /// Not approved, or a stricter light, though it should be.
        case tooStrict = "too strict"
        /// Another outcome than it should be, approved or not as it should be.
        case otherwise
        /// Not as it should be, and a fault is the reason.
        case excused

        /// Nobody is to blame.
        var isInOrder: Bool { self == .right || self == .excused }
    }

    /// What became of its photos.
    package struct Photos: Hashable, Sendable {
        package var taken = 0
        package var missing = 0
        package var notDue = 0
    }

    /// Its place in the road plan.
    package var number: Int
    package var name: String
    package var due: Due
    /// Its passages, by their places in the observation's records; the first is the one that counts.
    package var passages: [Int] = []
    package var sight = Sight.missed
    /// Nil: it has no tag, or was not seen.
    package var tag: TagFate?
    /// One of its tags can be read, whatever became of it.
    package var hasReadableTag = false
    /// The vehicle whose tag decided this one.
    package var wasGivenTagOf: Int?
    /// The vehicle that was decided by this one's tag.
    package var gaveTagTo: Int?
    /// What was decided; nil: it was not seen.
    package var outcome: Outcome?
    /// Nil: it was not seen, or nothing can be said.
    package var decision: Judged?
    /// What its head showed first, and when; nil: it was not seen, or the head stayed dark.
    package var firstLight: Observation.Lamp?
    /// What its head showed at last; dark when it showed nothing.
    package var lastLight = Aspect.dark
    package var light: Judged?
    package var photos = Photos()
    /// What is true of it, in words: its tag, and what the list says of it.
    package var truth = ""
    /// Why it came so, in words; empty when all is as it should be.
    package var because = ""

    package init(number: Int, name: String, due: Due) {
        self.number = number
        self.name = name
        self.due = due
    }
}
