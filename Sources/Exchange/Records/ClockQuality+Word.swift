import Lane

/// Words of records are part of the format: written out, so that a renamed case changes no byte.
extension ClockQuality {
    /// The quality's word in records.
    package var word: String {
        switch self {
        case .good: "good"
        case .unknown: "unknown"
        }
    }
}
