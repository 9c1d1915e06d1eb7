import Lane
import Station

/// A bound on something that is counted over the whole run.
package struct Expectation: Sendable {
    package var name: String
    package var place: SourcePlace
    package var figure: Figure
    /// What it may be, both ends included. A rate is in parts of a million.
    package var bounds: ClosedRange<Int>
    /// Whether `bounds` are parts of a million of what the figure is a part of.
    package var isRate = false
    /// Which alarms are counted; nil: all of them.
    package var alarm: Alarm?

    package init(name: String, place: SourcePlace, figure: Figure, bounds: ClosedRange<Int>) {
        self.name = name
        self.place = place
        self.figure = figure
        self.bounds = bounds
    }
}

/// What can be counted of a run, each with what it is a part of when it is given as a rate.
package enum Figure: String, CaseIterable, Hashable, Sendable {
    /// Passages in the station's journal (of vehicles).
    case passages
    /// Passages at the central server (of those in the journal).
    case delivered
    /// Records at the central server that are out of their order, doubled or not the journal's (of records).
    case outOfOrder
    case strayReads
    case replayedReads
    /// All vehicles on the road.
    case vehicles
    /// Vehicles with exactly one passage (of vehicles).
    case vehiclesSeen
    /// Vehicles without a passage, whatever the reason (of vehicles).
    case vehiclesMissed
    /// Those of them that a fault, or a lane without a detector, is the reason for (of vehicles).
    case vehiclesExcused
    case vehiclesDoubled
    /// Passages that are no vehicle's (of passages).
    case vehiclesInvented
    /// Vehicles with a tag that can be read, and whose passage has it (of those with one, seen or not).
    case tagsRead
    /// Vehicles whose tag was noticed and not read (of tagged vehicles).
    case tagsUnreadable
    /// Passages decided by another vehicle's tag (of tagged vehicles).
    case tagsSwapped
    /// Decided as they should be; neither those that a fault excuses nor those without a passage (of vehicles).
    case decisionsRight
    /// Approved though it should not be (of vehicles).
    case decisionsTooKind
    /// Not approved though it should be (of vehicles).
    case decisionsTooStrict
    case lightsRight
    case lightsTooKind
    case lightsTooStrict
    /// Photos that are due and were taken (of those due).
    case photosTaken
    case photosMissing
    /// Photos kept of vehicles for which none is due.
    case photosNotDue
    /// Passages whose direction, speed or length was measured (of passages).
    case measured
    case wrongWay
    /// Gap records.
    case gaps
    /// Alarms that were set.
    case alarms
    /// Starts of the station.
    case starts
    /// Times that the station saw its civil clock being set.
    case clockSteps
    /// Lists that came into force.
    case listsInForce
    /// Decisions that were revised (of passages).
    case revised
}
