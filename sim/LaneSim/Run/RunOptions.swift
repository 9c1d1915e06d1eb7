import Glibc
import Station

/// What `lanesim run` was told.
struct RunOptions: Hashable {
    var words: [String]
    var seed: UInt64?
    var threads: Int
    var isJSON: Bool
    var isVerbose: Bool
    var isOnWire: Bool
    /// Where runs with real processes leave their logs.
    var folder: String
    var junit: String?
    var picture: String?
    var pictures: String?
    var digests: String?
    /// The digests that come out are written into the file, and not held against it.
    var renewsDigests: Bool

    static let flags: Set = ["--json", "--verbose", "--wire", "--renew"]
    static let options: Set = ["--seed", "--threads", "--junit", "--picture", "--pictures", "--digests", "--folder"]

    init(_ arguments: Arguments) throws(Arguments.UsageError) {
        words = arguments.plain
        for option in Self.options.sorted() where arguments.all(option).count > 1 {
            throw Arguments.UsageError("\(option) is given \(arguments.all(option).count) times; give it once")
        }
        isJSON = arguments.has("--json")
        isVerbose = arguments.has("--verbose")
        isOnWire = arguments.has("--wire")
        folder = arguments["--folder"] ?? "wire"
        junit = arguments["--junit"]
        picture = arguments["--picture"]
        pictures = arguments["--pictures"]
        digests = arguments["--digests"]
        renewsDigests = arguments.has("--renew")
        if let text = arguments["--seed"] {
            guard let number = UInt64(text) else {
                throw Arguments.UsageError("--seed '\(text)' is no whole number from 0 to \(UInt64.max)")
            }
            seed = number
        }
        threads = isOnWire ? Self.onWire : Self.processors
        if let text = arguments["--threads"] {
            guard let number = Int(text), (1...ParallelRuns.mostThreads).contains(number) else {
                throw Arguments.UsageError(
                    "--threads '\(text)' is no whole number from 1 to \(ParallelRuns.mostThreads)")
            }
            threads = number
        }
        guard !renewsDigests || digests != nil else {
            throw Arguments.UsageError("--renew needs --digests FILE: the file that is to be written")
        }
        guard picture?.hasSuffix(".svg") ?? true else {
            throw Arguments.UsageError(
                "--picture '\(picture ?? "")' does not end in .svg, and an SVG picture is what it draws")
        }
        guard !words.isEmpty || digests != nil else {
            throw Arguments.UsageError("give a scenario file or a folder of them")
        }
    }

    /// Real processes mostly wait: three scenarios side by side leave two processors time to be punctual.
    private static let onWire = 3
    private static var processors: Int { max(1, min(ParallelRuns.mostThreads, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
