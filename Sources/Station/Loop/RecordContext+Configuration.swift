import Exchange
import Lane

extension RecordContext {
    /// What records of this run have in common; the journal's own id takes the place of the zero one when it is opened.
    package init(_ configuration: StationConfiguration, boot: String) {
        var antennas: [AntennaNumber: String] = [:]
        for antenna in configuration.antennas { antennas[antenna.number] = antenna.name }
        var lanes: [LaneNumber: LaneNames] = [:]
        for lane in configuration.lanes { lanes[lane.lane] = LaneNames(of: lane.geometry) }
        self.init(
            station: configuration.station.id, journal: JournalID(high: 0, low: 0), boot: boot,
            configuration: configuration.digest, profile: configuration.lights.profile.name,
            list: configuration.central?.list ?? "none", antennas: antennas, lanes: lanes)
    }
}

extension StationConfiguration {
    /// Where photos wait for the central server.
    package var photosFolder: String { StateFolder.photos(in: station.stateFolder) }

    /// The digest that records carry: equal settings have equal digests, whatever the file looks like.
    package var digest: Digest { Digest(of: Array(canonical.utf8)) }
}
