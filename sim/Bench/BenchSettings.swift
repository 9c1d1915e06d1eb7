import Station

/// How much is measured.
struct BenchSettings {
    /// Rounds of both sides; the goals are meant for at least so many.
    static let roundsByDefault = 30

    let isQuick: Bool
    let rounds: Int
    let machine: String

    init(isQuick: Bool, rounds: Int) {
        self.isQuick = isQuick
        self.rounds = rounds
        machine = Machine.note
    }

    init(_ arguments: Arguments) throws(Arguments.UsageError) {
        let isQuick = arguments.has("--quick")
        var rounds = isQuick ? 3 : Self.roundsByDefault
        if let text = arguments["--rounds"] {
            guard let number = Int(text), (1...1_000).contains(number) else {
                throw Arguments.UsageError("--rounds \(text): expected a number from 1 to 1000")
            }
            rounds = number
        }
        self.init(isQuick: isQuick, rounds: rounds)
    }
}
