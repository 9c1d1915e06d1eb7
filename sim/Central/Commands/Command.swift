import Exchange
import HTTP
import Station
import Storage

/// One command of the program `central`.
struct Command: Sendable {
    let name: String
    /// One line for the list of commands.
    let summary: String
    /// Usage, options and an example.
    let help: String
    /// Options that stand alone.
    let flags: Set<String>
    /// Options that take a value, beside `--folder`.
    let options: Set<String>
    /// How many words may stand alone.
    var plain = 0
    let run: @Sendable (Arguments, CentralFolder, Console) throws -> ExitCode

    /// Where data goes if nobody says otherwise: into the folder where the command is typed.
    static let defaultFolder = "central-data"

    static let all: [Command] = [.serve, .keys, .agreements, .passages, .photos]

    /// Runs the command, and says in one line why it could not.
    func run(_ words: some Collection<String>, _ console: Console) -> ExitCode {
        do {
            let arguments = try Arguments(words, flags: flags, options: options.union(["--folder"]), plain: plain)
            guard !arguments.wantsHelp else {
                console.line(help)
                return .ok
            }
            return try run(arguments, CentralFolder(arguments["--folder"] ?? Self.defaultFolder), console)
        } catch let error as Arguments.UsageError {
            console.note("\(name): \(error.message); see central \(name) --help")
            return .usage
        } catch {
            console.note("\(name): \(error)")
            return ExitCode(of: error)
        }
    }
}

/// An input that is not there; one line with the remedy.
struct MissingInput: Error, CustomStringConvertible {
    let description: String
}

extension ExitCode {
    /// How the program ends on an error, by `sysexits.h`.
    init(of error: any Error) {
        self =
            switch error {
            case is Arguments.UsageError: .usage
            case is MissingInput: .noInput
            case is FolderInUse: .unavailable
            case is KeyError: .configuration
            case let error as ServerError: Self.code(of: error)
            case let error as ListPublisher.Problem: Self.code(of: error)
            case let error as FileError: error.isAboutMaking ? .cannotCreate : .inputOutput
            case let error as DatabaseError: error.cause == .notWritable ? .cannotCreate : .inputOutput
            default: .inputOutput
            }
    }

    private static func code(of error: ServerError) -> ExitCode {
        switch error.cause {
        case .address: .usage
        case .plainTextToNetwork, .certificate: .configuration
        case .inUse, .notASocket, .system: .unavailable
        }
    }

    private static func code(of problem: ListPublisher.Problem) -> ExitCode {
        switch problem {
        case .noKey: .configuration
        case .unreadable: .badData
        case .name, .versionsUsedUp: .usage
        case .busy: .tryAgain
        }
    }
}

extension FileError {
    /// A folder or file that cannot be made where it belongs.
    fileprivate var isAboutMaking: Bool { ["make the folder", "use", "create"].contains(operation) }
}
