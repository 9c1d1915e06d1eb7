import Lane
import Lights

extension StationConfiguration {
    /// Reads and checks a file.
    ///
    /// - Returns: the configuration, or everything that is wrong with the file.
    package static func load(_ path: String) -> Result<StationConfiguration, ConfigurationErrors> {
        do throws(ConfigurationErrors) {
            return .success(try StationConfiguration(try ConfigurationFile.bytes(of: path), file: path))
        } catch {
            return .failure(error)
        }
    }

    /// Reads and checks a file's bytes; `file` is what errors call it.
    package init(_ bytes: [UInt8], file: String) throws(ConfigurationErrors) {
        try self.init(try ConfigurationText(bytes, file: file))
    }

    /// Checks a text that was read, of one file or of several.
    package init(_ text: ConfigurationText) throws(ConfigurationErrors) {
        var errors = ConfigurationErrors(file: text.file)
        var sections = StationSections(text, &errors)
        var check = StationChecks(sections, file: text.file)
        let lights = check.all(&sections.lanes)
        errors.add(check.errors)
        guard errors.isEmpty, let station = sections.station.first?.value else { throw errors }
        self.init(sections, station: station, lights: lights)
    }

    private init(_ sections: StationSections, station: StationSection, lights: LightSettings) {
        self.station = station
        self.lights = lights
        lanes = Self.lanes(sections)
        detectors = Self.detectors(sections)
        readers = sections.readers.map(\.value.timed)
        antennas = Self.antennas(sections.readers.map(\.value))
        cameras = Self.cameras(sections)
        lines = sections.lines.first?.value ?? LinesSection()
        central = sections.central.first?.value
        issuers = AcceptedIssuers(sections.issuers.flatMap(\.value.rows))
        journal = sections.journal.first?.value ?? JournalSection()
        photos = sections.photos.first?.value ?? PhotosSection()
        log = sections.log.first?.value ?? LogSection()
        canonical = sections.canonical
    }

    /// Readers that tell every read of a tag give evidence by how often they tell it.
    private static func lanes(_ sections: StationSections) -> [LaneSettings] {
        sections.lanes.map(\.value.settings).map { settings in
            let readers = sections.readers.map(\.value).filter { $0.antennas.contains { $0.lane == settings.lane } }
            var settings = settings
            settings.readersTellRepeats =
                !readers.isEmpty && readers.allSatisfy { $0.settings.uniqueness == .everyRead }
            return settings
        }
    }

    private static func detectors(_ sections: StationSections) -> [Detector] {
        var next: [LaneNumber: UInt8] = [:]
        return sections.detectors.map(\.value).map { section in
            let number = next[section.lane, default: 0]
            next[section.lane] = number + 1
            return Detector(
                name: section.name, lane: section.lane, number: DetectorNumber(number), input: section.input,
                isInverted: section.isInverted)
        }
    }

    private static func antennas(_ readers: [ReaderSection]) -> [Antenna] {
        let ports = readers.enumerated().flatMap { index, reader in reader.antennas.map { (index, reader, $0) } }
        return ports.enumerated().map { place, port in
            let (index, reader, antenna) = port
            return Antenna(
                name: "\(reader.settings.name).\(antenna.port)", number: AntennaNumber(UInt8(place + 1)), reader: index,
                port: antenna.port, lane: antenna.lane)
        }
    }

    private static func cameras(_ sections: StationSections) -> [Camera] {
        var next: [LaneNumber: UInt8] = [:]
        return sections.cameras.map(\.value).map { section in
            let number = next[section.lane, default: 0]
            next[section.lane] = number + 1
            return Camera(section: section, number: CameraNumber(number))
        }
    }
}
