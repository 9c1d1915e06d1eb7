import FoundationEssentials
import Sync

/// Which journal a command reads: the station's own, or a file that somebody names. The station may run.
struct JournalSource {
    static let options: Set<String> = ["--journal"]

    /// What help says of it.
    static let help = """
          --journal PATH   another journal than the station's: one that was set aside, or a copy. No FILE is needed then
        """

    let path: String

    /// - Parameter place: where among the words that stand alone the configuration's file is.
    init(_ arguments: Arguments, at place: Int = 0) throws {
        if let path = arguments["--journal"] {
            self.path = path
        } else {
            let configuration = try StationCommands.configuration(arguments, at: place)
            path = configuration.station.stateFolder + "/" + Journal.name
        }
    }

    func open() throws -> JournalReader {
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(.noInput, "there is no journal \(path); the station makes it when it starts")
        }
        do throws(JournalFailure) { return try JournalReader(file: path) } catch { throw Self.failure(error) }
    }

    static func failure(_ error: JournalFailure) -> CommandFailure {
        CommandFailure(error.isDamage ? .badData : .inputOutput, "\(error)")
    }
}
