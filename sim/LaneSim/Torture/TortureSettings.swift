import Station

/// What `lanesim torture` is told.
struct TortureSettings: Hashable, Sendable {
    static let options: Set = ["--kills", "--seed", "--folder"]
    /// A week of them, at a few seconds each.
    static let mostKills = 100_000

    var kills = 20
    var seed: UInt64 = 1
    var folder = "torture"

    init() {}

    init(_ arguments: Arguments) throws(Arguments.UsageError) {
        kills = try arguments.value("--kills", .count(1...Self.mostKills)) ?? kills
        seed = try arguments.value("--seed", .seed) ?? seed
        folder = arguments["--folder"] ?? folder
    }

    /// The command that draws the same again.
    var again: String { "lanesim torture --kills \(kills) --seed \(seed) --folder \(folder.asShellWord)" }
}
