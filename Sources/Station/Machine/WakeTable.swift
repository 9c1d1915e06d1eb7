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

    /// Whether the part's moment has come; it is taken then.
    mutating func takeDue(_ part: Int, at now: Instant) -> Bool {
        guard let moment = moments[part], moment <= now else { return false }
        moments[part] = nil
        return true
    }
}
