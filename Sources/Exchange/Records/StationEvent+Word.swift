/// Words of records are part of the format: written out, so that a renamed case changes no byte.
extension StationEvent {
    /// The event's word in records.
    package var word: String {
        switch self {
        case .start: "start"
        case .stop: "stop"
        case .laneState: "laneState"
        case .listInForce: "listInForce"
        case .degraded: "degraded"
        case .clockStep: "clockStep"
        case .configuration: "configuration"
        }
    }
}
