import Devices
import Exchange
import FoundationEssentials
import Lane
import Storage

/// What the options of `station list build` come to.
struct ListBuildOrder {
    /// From which list a change leads to the new one, and where it is written.
    struct Change {
        let base: AgreementList
        let path: String
    }

    static let staleAfter = Interval.days(3)
    static let staleSpan = ValueType.duration(.minutes(1) ... .days(3_650))
    /// A part of less than a kilobyte is mostly headers.
    private static let partSizes = ValueType<Int>.size(1_000...100_000_000_000)

    let key: SigningKey
    let out: String
    let header: AgreementListHeader
    let rules: AgreementsCSV.Rules
    let isStrict: Bool
    /// No part is larger, in bytes; nil: no parts.
    let partBytes: Int?
    let change: Change?

    init(_ arguments: Arguments) throws {
        guard let key = arguments["--key"] else { throw Arguments.UsageError("--key KEYFILE is missing") }
        guard let version = arguments["--version"].flatMap({ ListVersion($0) }) else {
            throw Arguments.UsageError("--version takes epoch and version, as 7.1")
        }
        guard version.epoch > 0, version.version > 0 else {
            throw Arguments.UsageError("--version takes epoch and version, as 7.1: both begin with 1")
        }
        guard let out = arguments["--out"] else { throw Arguments.UsageError("--out FILE is missing") }
        let name = arguments["--name"] ?? AgreementList.defaultName
        guard RecordContext.isName(name) else {
            throw Arguments.UsageError(
                "--name takes at most \(RecordContext.longestName) letters, digits, dots, dashes or underscores")
        }
        let staleAfter = try arguments["--stale-after"].map { try Self.value($0, "--stale-after", Self.staleSpan) }
        header = AgreementListHeader(
            name: name, version: version, issuedAt: WallClock.now(),
            activeFrom: try arguments["--active-from"].map(Self.time), staleAfter: staleAfter ?? Self.staleAfter)
        rules = AgreementsCSV.Rules(
            issuers: try Self.issuers(arguments, "--issuers"), luhn: try Self.issuers(arguments, "--luhn"))
        isStrict = arguments.has("--strict")
        partBytes = try arguments["--parts"].map { try Self.value($0, "--parts", Self.partSizes) }
        guard (arguments["--base"] == nil) == (arguments["--change"] == nil) else {
            throw Arguments.UsageError(
                "--base and --change go together: the list before, and where the change is written")
        }
        try BuildFiles(arguments, of: header).check()
        do throws(KeyError) { self.key = try SigningKey(file: key) } catch {
            throw CommandFailure(.noInput, "\(error)")
        }
        self.out = out
        try Self.checkFolder(of: out)
        change = try Self.change(arguments, to: header, signedBy: self.key)
    }

    /// Before minutes of work, not behind them: the list can be changed into the new one.
    private static func change(
        _ arguments: Arguments, to header: AgreementListHeader, signedBy key: SigningKey
    ) throws -> Change? {
        guard let path = arguments["--base"], let change = arguments["--change"] else { return nil }
        let base: AgreementList
        do throws(ListError) {
            base = try AgreementList.open(path: path, trusting: [key.publicKey])
        } catch {
            throw ListOptions.failure(path, error)
        }
        guard base.name == header.name else {
            throw CommandFailure(.badData, "\(path): it is the list \(base.name), not \(header.name)")
        }
        guard header.version.follows(base.version) else {
            throw CommandFailure(
                .badData,
                "\(path): no change leads from \(base.version.text) to \(header.version.text), only to the "
                    + "next version of the same epoch; leave --base and --change out")
        }
        try checkFolder(of: change)
        return Change(base: base, path: change)
    }

    /// The same of a folder that nothing can be written in.
    private static func checkFolder(of path: String) throws {
        guard FileManager.default.isWritableFile(atPath: path.folder) else {
            throw CommandFailure(.cannotCreate, "\(path): its folder is not there, or may not be written; name another")
        }
    }

    private static func issuers(_ arguments: Arguments, _ option: String) throws(Arguments.UsageError) -> [IssuerPrefix]
    {
        guard let text = arguments[option] else { return [] }
        let issuers = try ListOptions.issuers(text, option)
        guard issuers.count <= IssuerPrefix.mostOfList else {
            throw Arguments.UsageError("\(option) takes at most \(IssuerPrefix.mostOfList) issuers")
        }
        return issuers
    }

    private static func time(_ text: String) throws(Arguments.UsageError) -> UTC {
        let ending = text.utf8.count == 10 ? "T00:00:00.000Z" : ":00.000Z"
        let isTime = text.utf8.count == 10 || (text.utf8.count == 17 && text.hasSuffix("Z"))
        guard isTime, let time = UTC(text: text.prefix(16) + ending) else {
            throw Arguments.UsageError("--active-from takes a time in UTC, as 2026-01-31T12:15Z")
        }
        return time
    }

    private static func value<Value>(
        _ text: String, _ option: String, _ type: ValueType<Value>
    ) throws(Arguments.UsageError) -> Value {
        do throws(ValueError) { return try type.parse(text) } catch {
            throw Arguments.UsageError("\(option) takes \(type.expected): \(error.reason)\(error.hint)")
        }
    }
}
