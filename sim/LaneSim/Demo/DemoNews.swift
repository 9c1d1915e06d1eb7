import Station

/// What a demonstration hears from its processes.
enum DemoNews: Equatable, Sendable {
    case devicesReady
    /// A camera answers at this port.
    case camera(String, port: Int)
    /// A vehicle is at its detector.
    case vehicle(String)
    case lamp(lane: Int, aspect: String)
    case played
    case passage(WatchLine)

    /// A line of the devices' output; nil for one that says nothing to us.
    init?(deviceLine line: String) {
        let words = line.split(separator: " ").map(String.init)
        switch words.first {
        case "ready": self = .devicesReady
        case "played": self = .played
        case "camera" where words.count == 3:
            guard let port = Int(words[2]) else { return nil }
            self = .camera(words[1], port: port)
        case "vehicle" where words.count == 2: self = .vehicle(words[1])
        case "lamp" where words.count == 3:
            guard let lane = Int(words[1]) else { return nil }
            self = .lamp(lane: lane, aspect: words[2])
        case _: return nil
        }
    }
}
