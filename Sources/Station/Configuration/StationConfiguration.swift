import Lane
import Lights

/// Everything a station is told, read once at its start; each room gets its own settings from here and sees no other.
package struct StationConfiguration: Hashable, Sendable {
    /// A detector as it is wired.
    package struct Detector: Hashable, Sendable {
        package let name: String
        package let lane: LaneNumber
        /// The index into the lane's `LaneGeometry.detectors`.
        package let number: DetectorNumber
        /// The input of the line driver.
        package let input: String
        package let isInverted: Bool
    }

    /// An antenna of the station; its number is its place in `antennas`, counted from 1.
    package struct Antenna: Hashable, Sendable {
        /// `reader1.0`: the name that records carry.
        package let name: String
        package let number: AntennaNumber
        /// The index into `readers`.
        package let reader: Int
        package let port: UInt8
        package let lane: LaneNumber
    }

    /// A camera and how its snapshot is fetched.
    package struct Camera: Hashable, Sendable {
        package let section: CameraSection
        /// The index into the lane's `LaneGeometry.cameras`.
        package let number: CameraNumber
    }

    package let station: StationSection
    /// Lanes 1, 2, 3, … with their detectors and cameras in place.
    package let lanes: [LaneSettings]
    package let detectors: [Detector]
    package let readers: [ReaderSection]
    package let antennas: [Antenna]
    package let cameras: [Camera]
    package let lights: LightSettings
    package let lines: LinesSection
    /// Nil: the station delivers nothing, and asks for no list.
    package let central: CentralSection?
    /// Whose tags are accepted.
    package let issuers: AcceptedIssuers
    package let journal: JournalSection
    package let photos: PhotosSection
    package let log: LogSection
    /// The same settings give the same text; the configuration digest in records is made over its bytes.
    package let canonical: String

    /// Which lane each antenna hangs over.
    package var laneOfAntenna: [AntennaNumber: LaneNumber] {
        Dictionary(uniqueKeysWithValues: antennas.map { ($0.number, $0.lane) })
    }

    /// The antenna of a reader's port; nil when no lane is under it.
    package func antenna(reader: Int, port: UInt8) -> Antenna? {
        antennas.first { $0.reader == reader && $0.port == port }
    }
}
