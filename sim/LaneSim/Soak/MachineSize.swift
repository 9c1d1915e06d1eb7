import Station

/// How many values a machine holds, counted by looking into it: the same on every computer, and it grows with whatever is forgotten
/// in it.
struct MachineSize {
    private(set) var values = 0

    init(of machine: StationMachine) { count(machine) }

    /// The configuration never changes, and the list is mapped.
    private static let leftOut: Set<String> = ["configuration", "list"]

    private mutating func count(_ value: Any) {
        let children = Mirror(reflecting: value).children
        if children.isEmpty { values += 1 }
        for child in children where !Self.leftOut.contains(child.label ?? "") { count(child.value) }
    }
}
