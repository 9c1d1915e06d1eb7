/// A passage as `station watch` prints it.
struct WatchText {
    static let heading =
        "time                      lane  record  what      decided            lamp    after    tag, photos, flags"
    private static let widths = (time: 24, lane: 4, record: 6, what: 8, decided: 17, lamp: 6)

    private let line: WatchLine

    init(_ line: WatchLine) { self.line = line }

    var text: String {
        let rest =
            [line.tag ?? "no number", line.photos == 0 ? nil : "\(line.photos) triggered", motion].compactMap { $0 }
            + line.flags
        let cells = [
            Self.padded(line.utc, Self.widths.time), Self.padded("\(line.lane)", Self.widths.lane),
            Self.padded(line.sequence.map(String.init) ?? "-", Self.widths.record),
            Self.padded(line.moment.rawValue, Self.widths.what), Self.padded(line.outcome, Self.widths.decided),
            Terminal.coloured(Self.padded(line.aspect, Self.widths.lamp), Self.colour(of: line.aspect)),
            Self.padded("\(line.decidedAfter) ms", 7), rest.joined(separator: ", "),
        ]
        return cells.joined(separator: "  ")
    }

    /// `72 km/h 4.5 m`, rounded down.
    private var motion: String? {
        guard let speed = line.speed, let length = line.length else { return nil }
        return "\(speed * 36 / 10_000) km/h \(length / 1_000).\(length % 1_000 / 100) m"
    }

    static func colour(of aspect: String) -> Terminal.Colour {
        switch aspect {
        case "green": .green
        case "white": .white
        case "dark": .grey
        default: .yellow
        }
    }

    static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
