import Exchange
import Glibc
import Lane
import Storage
import Sync

/// What commands about lists have in common: whose keys are trusted, and how files are opened.
struct ListOptions {
    static let options: Set<String> = ["--configuration", "--trust"]

    /// What help says of them.
    static let help = """
          --configuration FILE   whose keys, list and folder are meant (default: \(StationCommands.configurationPath))
          --trust KEYFILE        a public key that may have signed it, instead of the configuration's; may stand twice
        """

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    /// The configuration; what is wrong with its file is the command's failure.
    func configuration() throws -> StationConfiguration {
        let path = arguments["--configuration"] ?? StationCommands.configurationPath
        switch StationConfiguration.load(path) {
        case .success(let configuration): return configuration
        case .failure(let errors):
            throw CommandFailure(errors.isUnread ? .noInput : .configuration, "\(errors)")
        }
    }

    /// The part of the configuration that is about lists.
    func central() throws -> (configuration: StationConfiguration, central: CentralSection) {
        let configuration = try configuration()
        guard let central = configuration.central else {
            throw CommandFailure(.unavailable, "no [central] in the configuration: this station has no list")
        }
        return (configuration, central)
    }

    /// The keys by which a file is trusted.
    func keys() throws -> [PublicKey] {
        let files = arguments.all("--trust")
        guard files.isEmpty else {
            return try files.map { path throws in
                do throws(KeyError) { return try PublicKey(file: path) } catch {
                    throw CommandFailure(.noInput, "\(error)")
                }
            }
        }
        return try central().central.publicKeys
    }

    /// Maps a list; refused as the command's failure.
    func open(
        _ path: String, trusting keys: [PublicKey], checking: AgreementList.Checking = .header
    ) throws -> AgreementList {
        do throws(ListError) {
            return try AgreementList.open(path: path, trusting: keys, checking: checking)
        } catch {
            throw Self.failure(path, error)
        }
    }

    /// Maps a list file of any kind; refused as the command's failure.
    func openAny(_ path: String, trusting keys: [PublicKey]) throws -> AgreementListFile {
        do throws(ListError) { return try AgreementListFile.open(path: path, trusting: keys) } catch {
            throw Self.failure(path, error)
        }
    }

    /// Why a file is refused, and the exit code.
    static func failure(_ path: String, _ error: ListError) -> CommandFailure {
        if case .system(_, _, let cause) = error {
            return CommandFailure(.noInput, "\(path): \(cause); name a list file")
        }
        return CommandFailure(.badData, "\(path): \(error)")
    }

    /// Issuers as a command line names them, with commas between.
    static func issuers(_ text: String, _ option: String) throws(Arguments.UsageError) -> [IssuerPrefix] {
        var issuers: [IssuerPrefix] = []
        for word in text.split(separator: ",") {
            guard let issuer = IssuerPrefix(text: word.drop { $0 == " " }) else {
                throw Arguments.UsageError("\(option): '\(word)' is no issuer; expected SYSTEM:DIGITS as pan:9578")
            }
            issuers.append(issuer)
        }
        return issuers
    }
}

extension ListFolder {
    /// Where the lists of a station lie, and what each is to it.
    var places: [(place: String, path: String)] {
        [("inForce", inForce), ("previous", inForce + ".previous"), ("next", inForce + ".next")]
    }
}
