import Lane
import Lights
import Station

/// What a run hears from its processes, with the moment on this computer's clock where one is told.
enum WireNews: Hashable, Sendable {
    case devicesReady
    /// A camera answers at this port.
    case camera(String, port: Int)
    case lamp(LaneNumber, Aspect, at: Instant)
    /// A camera was asked for a photo.
    case capture(String, at: Instant)
    /// The station has acknowledged a message of a tag with this text to its reader.
    case taken(String, at: Instant)
    /// Something of the plan happened later than it should: from when on, until when.
    case late(from: Instant, to: Instant)
    /// The devices have heard when the scenario begins: nothing happens without them from now on.
    case playing
    /// Everything has happened that the plan has.
    case played
    case passage(WatchLine)

    /// A line of the devices' output; nil for one that says nothing to us.
    init?(deviceLine line: String) {
        let words = line.split(separator: " ").map(String.init)
        switch (words.first, words.count) {
        case ("ready", 1): self = .devicesReady
        case ("playing", 1): self = .playing
        case ("played", 1): self = .played
        case ("camera", 3):
            guard let port = Int(words[2]) else { return nil }
            self = .camera(words[1], port: port)
        case ("lamp", 4):
            guard let lane = UInt8(words[1]), let aspect = Aspect(word: words[2]), let at = Int64(words[3]) else {
                return nil
            }
            self = .lamp(LaneNumber(lane), aspect, at: Instant(nanoseconds: at))
        case ("capture", 3):
            guard let at = Int64(words[2]) else { return nil }
            self = .capture(words[1], at: Instant(nanoseconds: at))
        case ("taken", 3):
            guard let at = Int64(words[2]) else { return nil }
            self = .taken(words[1], at: Instant(nanoseconds: at))
        case ("late", 3):
            guard let from = Int64(words[1]), let to = Int64(words[2]) else { return nil }
            self = .late(from: Instant(nanoseconds: from), to: Instant(nanoseconds: to))
        case _: return nil
        }
    }
}
