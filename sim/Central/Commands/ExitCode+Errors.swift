import Exchange
import HTTP
import Station
import Storage

extension ExitCode {
    /// How the program ends on an error, by `sysexits.h`.
    init(of error: any Error) {
        self =
            switch error {
            case is FolderInUse: .unavailable
            case is KeyError, is CertificateError: .configuration
            case let error as ServerError: Self.code(of: error)
            case is ListKeys.Problem: .configuration
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
        case .unreadable, .duplicates, .contradictions, .issuersLeftOut: .badData
        case .nothingToChange: .noInput
        case .name, .versionsUsedUp, .waits: .usage
        case .busy: .tryAgain
        }
    }
}

extension FileError {
    /// A folder or file that cannot be made where it belongs.
    fileprivate var isAboutMaking: Bool { ["make the folder", "use", "create"].contains(operation) }
}
