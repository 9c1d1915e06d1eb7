import Lane

/// What every record of a run has in common, and the names that records use for devices.
package struct RecordContext: Hashable, Sendable {
    /// The names of a lane's devices, by their numbers.
    package struct LaneNames: Hashable, Sendable {
        package var detectors: [String]
        package var cameras: [String]

        package init(detectors: [String], cameras: [String]) {
            self.detectors = detectors
            self.cameras = cameras
        }

        package init(of geometry: LaneGeometry) {
            self.init(detectors: geometry.detectors.map(\.name), cameras: geometry.cameras.map(\.name))
        }
    }

    /// The longest name of a device, profile or list, in characters; with longer ones the worst passage would not fit `Record.mostBytes`.
    package static let longestName = 16

    /// Whether a text can be the name of a device, profile or list: 1 to 16 of a–z, A–Z, 0–9, `.`, `-` and `_`.
    package static func isName(_ text: String) -> Bool {
        (1...longestName).contains(text.utf8.count) && text.utf8.allSatisfy(isNameCharacter)
    }

    package var station: StationID
    /// Changes when a new journal is begun.
    package var journal: JournalID
    /// The kernel's boot id: which monotonic clock `mono` belongs to. At most 36 characters.
    package var boot: String
    package var configuration: Digest
    /// The light profile in force.
    package var profile: String
    /// The name of the agreement list that versions in records belong to.
    package var list: String
    package var antennas: [AntennaNumber: String]
    package var lanes: [LaneNumber: LaneNames]

    package init(
        station: StationID, journal: JournalID, boot: String, configuration: Digest, profile: String, list: String,
        antennas: [AntennaNumber: String], lanes: [LaneNumber: LaneNames]
    ) {
        self.station = station
        self.journal = journal
        self.boot = boot
        self.configuration = configuration
        self.profile = profile
        self.list = list
        self.antennas = antennas
        self.lanes = lanes
    }

    /// An antenna's configured name, or one made of its number.
    package func name(of antenna: AntennaNumber) -> String { antennas[antenna] ?? "antenna\(antenna.number)" }

    /// A detector's configured name, or one made of its number.
    package func name(of detector: DetectorNumber, in lane: LaneNumber) -> String {
        lanes[lane]?.detectors.at(detector.number) ?? "detector\(detector.number)"
    }

    /// A camera's configured name, or one made of its number.
    package func name(of camera: CameraNumber, in lane: LaneNumber) -> String {
        lanes[lane]?.cameras.at(camera.number) ?? "camera\(camera.number)"
    }

    private static func isNameCharacter(_ c: UInt8) -> Bool {
        switch c {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}

extension Array {
    fileprivate func at(_ index: UInt8) -> Element? { Int(index) < count ? self[Int(index)] : nil }
}
