import Lane

/// What records of one run say again and again, written once: members that never change, and names of devices.
package struct RecordPhrases: Sendable {
    /// Where a phrase stands in the text.
    package struct Place: Sendable {
        let start: Int
        let end: Int
    }

    /// The names of a lane's devices, quoted.
    struct Lane: Sendable {
        let detectors: [Place]
        let cameras: [Place]
    }

    /// Behind the last phrase are so many bytes, so that phrases can be copied in steps of as many.
    static let margin = 16

    /// All phrases, one behind the other: in one piece, so that writing one counts no references.
    private(set) var text: [UInt8] = []
    /// Version, station and journal.
    private(set) var head = Place(start: 0, end: 0)
    private(set) var boot = Place(start: 0, end: 0)
    /// List name, configuration and profile.
    private(set) var circumstances = Place(start: 0, end: 0)
    /// Names of antennas by their numbers, quoted; nil: none is configured.
    private(set) var antennas: [Place?] = []
    /// By the lane's number.
    private(set) var lanes: [Lane?] = []
    /// The word of each outcome, quoted, and the members of a decision that follow from it.
    private(set) var outcomes: [Place] = []
    private(set) var decisions: [Place] = []

    init(of context: RecordContext) {
        head = add { writer in
            writer.integer("v", Record.format)
            writer.integer("station", context.station.number)
            writer.text("journal", context.journal.hex)
        }
        boot = add { $0.text("boot", context.boot, atMost: 36) }
        circumstances = add { writer in
            writer.text("listName", context.list, atMost: RecordContext.longestName)
            writer.text("configuration", String(context.configuration.hex.prefix(16)))
            writer.text("profile", context.profile, atMost: RecordContext.longestName)
        }
        for number in 0...(context.antennas.keys.map(\.number).max() ?? 0) {
            antennas.append(context.antennas[AntennaNumber(number)].map { name($0) })
        }
        for number in 0...(context.lanes.keys.map(\.number).max() ?? 0) {
            lanes.append(
                context.lanes[LaneNumber(number)].map { names in
                    Lane(detectors: names.detectors.map { name($0) }, cameras: names.cameras.map { name($0) })
                })
        }
        for outcome in Outcome.allCases {
            outcomes.append(add { $0.text(outcome.word) })
            decisions.append(
                add { writer in
                    writer.text("outcome", outcome.word)
                    if let op = outcome.resultOp { writer.integer("resultOp", op) }
                    if let fin = outcome.resultFin { writer.integer("resultFin", fin) }
                })
        }
        text += [UInt8](repeating: 0, count: Self.margin)
    }

    /// The quoted name of an antenna; nil: its name is made of its number.
    func name(of antenna: AntennaNumber) -> Place? {
        Int(antenna.number) < antennas.count ? antennas[Int(antenna.number)] : nil
    }

    /// The quoted name of a detector; nil: its name is made of its number.
    func name(of detector: DetectorNumber, in lane: LaneNumber) -> Place? {
        guard Int(lane.number) < lanes.count, let lane = lanes[Int(lane.number)] else { return nil }
        return Int(detector.number) < lane.detectors.count ? lane.detectors[Int(detector.number)] : nil
    }

    /// The quoted name of a camera; nil: its name is made of its number.
    func name(of camera: CameraNumber, in lane: LaneNumber) -> Place? {
        guard Int(lane.number) < lanes.count, let lane = lanes[Int(lane.number)] else { return nil }
        return Int(camera.number) < lane.cameras.count ? lane.cameras[Int(camera.number)] : nil
    }

    private mutating func name(_ text: String) -> Place { add { $0.text(text, atMost: RecordContext.longestName) } }

    private mutating func add(_ write: (inout RecordWriter) -> Void) -> Place {
        var writer = RecordWriter()
        write(&writer)
        text += writer.bytes
        return Place(start: text.count - writer.count, end: text.count)
    }
}
