import Central
import Lane
import Station

extension ListTrial {
    struct Settings: Sendable {
        static let options: Set = ["--agreements", "--changes", "--of", "--every", "--kills", "--seed", "--folder"]
        /// More changes than the central server keeps are no trial of changes.
        static let mostChanges = 1_000
        static let mostKills = 10_000

        var agreements = 1_000_000
        var changes = 20
        var operations = 1_000
        var every = Interval.seconds(3)
        var kills = 0
        var seed: UInt64 = 1
        var folder = "lists"

        init(_ arguments: Arguments) throws(Arguments.UsageError) {
            agreements = try arguments.value("--agreements", .count(1...GeneratedAgreements.most)) ?? agreements
            changes = try arguments.value("--changes", .count(1...Self.mostChanges)) ?? changes
            operations = try arguments.value("--of", .count(1...1_000_000)) ?? operations
            every = try arguments.value("--every", .duration(.milliseconds(100) ... .minutes(10))) ?? every
            kills = try arguments.value("--kills", .count(0...Self.mostKills)) ?? kills
            seed = try arguments.value("--seed", .seed) ?? seed
            folder = arguments["--folder"] ?? folder
        }
    }
}
