import HTTP
import Lane

/// `[station]`: which station this is, and where it keeps its things.
package struct StationSection: Hashable, Sendable {
    package var id = StationID(0)
    package var name = "station"
    /// Holds the journal, photos and lists; one program at a time.
    package var stateFolder = "/var/lib/bomstasjon"
    /// Where the running program answers.
    package var controlSocket = "/run/bomstasjon/station.sock"
    /// Whose members may ask it; nil: only root and the program's own user.
    package var group: String?
    /// Whether the decision thread asks to be run before all that is not urgent (SCHED_FIFO).
    package var isRealtime = true

    package static let table = SectionTable(
        "station", .required, "Which station this is, and where it keeps its things.",
        keys: [
            ConfigurationKey(
                required: "id", \.id, .stationID, example: "42",
                "The number by which the operator and the central server know the station (TST in AutoPASS)."),
            ConfigurationKey(
                "name", \.name, .text(most: 64), "What people call the station; it is shown, and decides nothing."),
            ConfigurationKey(
                "stateFolder", \.stateFolder, .path(),
                "The folder of journal, photos and lists; on a disk that keeps what it has synced."),
            ConfigurationKey(
                "controlSocket", \.controlSocket, .path(most: Endpoint.longestSocketPath),
                "The Unix socket at which the running program answers status and watch."),
            ConfigurationKey(
                optional: "group", \.group, .name(most: 32), example: "bomstasjon",
                "The group whose members may ask the running program; without it only root and its own user may."),
            ConfigurationKey(
                "realtime", \.isRealtime, .flag,
                "Whether the decision thread asks to run before all else (SCHED_FIFO); status says if it was refused."),
        ]
    ) { _ in StationSection() }
}

extension ValueType where Value == StationID {
    fileprivate static var stationID: Self {
        let number = ValueType<Int>.count(1...999_999_999)
        return ValueType(number.expected) { text throws(ValueError) in
            StationID(UInt32(try number.parse(text)))
        } format: {
            String($0.number)
        }
    }
}
