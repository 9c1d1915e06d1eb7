import Lane
import Station

/// `[kind NAME]`: a kind of vehicle that a scenario describes once.
struct KindSection: Hashable, Sendable {
    let name: String
    var length: Metres?
    var parts: [ClosedRange<Metres>]?
    var tagBehindFront = VehicleShape.car.tagBehindFront
    var speed: Speed?

    static let most = 100

    static let table = SectionTable<KindSection>(
        "kind", .named(most: most, example: "tractor"),
        """
        A kind of vehicle, beside those that are known: \(VehicleShape.kinds.map(\.word).joined(separator: ", ")). It has \
        either length or parts.
        """,
        keys: [
            ConfigurationKey(
                optional: "length", \.length, .length(VehicleSection.shortest...VehicleSection.longest), example: "6 m",
                "The length of its one body."),
            ConfigurationKey(
                optional: "parts", \.parts, .row(of: .part, 1...8), example: "0 m to 7 m, 8.5 m to 18.75 m",
                "What a detector sees of it, behind its front; a gap is a drawbar that a detector does not see."),
            ConfigurationKey(
                "tagBehindFront", \.tagBehindFront, .length(.zero...VehicleSection.longest),
                "How far behind its front its tag is."),
            ConfigurationKey(
                optional: "speed", \.speed, .speed(VehicleSection.speeds), example: "40 km/h",
                "How fast it drives where the vehicle does not say."),
        ]
    ) { KindSection(name: $0) }

    /// What it comes to; nil when the parts do not follow each other from the front on.
    var shape: VehicleShape? {
        if let length { return VehicleShape(length: length, tagBehindFront: tagBehindFront) }
        guard let parts, parts[0].lowerBound == .zero,
            zip(parts, parts.dropFirst()).allSatisfy({ $0.upperBound < $1.lowerBound })
        else { return nil }
        return VehicleShape(parts: parts, tagBehindFront: tagBehindFront)
    }
}
