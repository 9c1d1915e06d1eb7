import Lane

/// Words of records are part of the format: written out, so that a renamed case changes no byte.
extension LaneState {
    /// The state's word in records.
    package var word: String {
        switch self {
        case .normal: "normal"
        case .withoutDetector: "withoutDetector"
        case .occupiedAtStart: "occupiedAtStart"
        case .detectorStuck: "detectorStuck"
        }
    }
}
