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
            agreements = try Self.value("--agreements", .count(1...GeneratedAgreements.most), arguments) ?? agreements
            changes = try Self.value("--changes", .count(1...Self.mostChanges), arguments) ?? changes
            operations = try Self.value("--of", .count(1...1_000_000), arguments) ?? operations
            every = try Self.value("--every", .duration(.milliseconds(100) ... .minutes(10)), arguments) ?? every
            kills = try Self.value("--kills", .count(0...Self.mostKills), arguments) ?? kills
            seed = try Self.value("--seed", .seed, arguments) ?? seed
            folder = arguments["--folder"] ?? folder
        }

        private static func value<Value>(
            _ option: String, _ type: ValueType<Value>, _ arguments: Arguments
        ) throws(Arguments.UsageError) -> Value? {
            guard let text = arguments[option] else { return nil }
            do throws(ValueError) {
                return try type.parse(text)
            } catch {
                throw Arguments.UsageError("\(option) takes \(type.expected): \(error.reason)")
            }
        }
    }
}
