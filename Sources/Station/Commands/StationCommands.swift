/// The program `station`.
package enum StationCommands {
    package static let program = CommandProgram(
        "station", "the controller of a roadside toll station",
        [
            .run, .status, .watch, .lookup, .listShow, .listVerify, .listDiff, .listBuild, .listAdopt, .listBack,
            .journalList, .journalShow, .journalVerify, .journalRepair, .journalExport, .check, .defaults, .enrol,
            .lampsDark,
        ])

    /// Where the configuration is if nobody says otherwise.
    static let configurationPath = "/etc/bomstasjon/station.conf"

    /// The configuration that the arguments name, or the usual one.
    static func configuration(_ arguments: Arguments, at place: Int = 0) throws -> StationConfiguration {
        let path = arguments.plain.dropFirst(place).first ?? configurationPath
        switch StationConfiguration.load(path) {
        case .success(let configuration): return configuration
        case .failure(let errors):
            throw CommandFailure(errors.isUnread ? .noInput : .configuration, "\(errors)")
        }
    }
}
