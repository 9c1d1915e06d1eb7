import Lane

/// When each part of the station wants to be woken: one moment a part, a later request replaces the one before.
struct WakeTable: Sendable {
    private var moments: [Instant?]

    /// - Parameter parts: how many parts there are; each has a fixed place.
    init(parts: Int) { moments = Array(repeating: nil, count: parts) }

    subscript(part: Int) -> Instant? {
        get { moments[part] }
        set { moments[part] = newValue }
    }

    /// The earliest moment.
    var next: Instant? {
        var earliest: Instant?
        for moment in moments {
            guard let moment else { continue }
            earliest = min(earliest ?? moment, moment)
        }
        return earliest
    }

    /// Takes the first part, in their fixed order, whose moment has come.
    mutating func takeDue(at now: Instant) -> Int? {
        guard let part = moments.firstIndex(where: { $0.map { $0 <= now } ?? false }) else { return nil }
        moments[part] = nil
        return part
    }
}
