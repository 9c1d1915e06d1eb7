import Station

extension Command {
    /// `lanesim soak`
    static let soak = Command(
        "soak", "watch one station for a year of virtual time: nothing of it may grow",
        help: """
            usage: lanesim soak [--days 365] [--retention 90] [--seed 1]

            Draws a station and its faults from the seed as `lanesim swarm` does, gives it the same traffic each day (\(Soak.vehiclesPerDay)
            vehicles on average), and measures once a day, when nothing waits: the values that the station's machine
            holds, files, descriptors, bytes and rows of its journal. From when retention is full on, the second
            half may hold no more than the first (\(SoakVerdict.mostPercent) % and \(SoakVerdict.mostMore) aside, for chance). Records past their retention have to be gone.
            What must always hold (ARCHITECTURE.md) is checked as the swarm does.

              --days N       how long, three times the retention and \(2 * SoakVerdict.deletedWithinDays) at least
              --retention N  how many days the station keeps what was acknowledged
              --seed N       of station and faults

            Exit code 1 when something grew, was kept too long, or did not hold. A year takes a minute or two.

            example: lanesim soak --days 60 --retention 10
            """,
        options: ["--days", "--retention", "--seed"]
    ) { arguments, console in
        func number(_ option: String, _ range: ClosedRange<Int>, else other: Int) throws -> Int {
            guard let text = arguments[option] else { return other }
            guard let number = Int(text), range.contains(number) else {
                throw Arguments.UsageError(
                    "\(option) '\(text)': expected a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
        let retention = try number("--retention", 1...1_000, else: 90)
        let fewest = Soak.fewestDays(retention: retention)
        let days = try number("--days", fewest...max(fewest, 3_650), else: max(365, fewest))
        let seed = UInt64(try number("--seed", 0...Int.max, else: 1))
        console.note("soak: \(days) days of seed \(seed) …")
        let soak = try Soak(seed: seed, days: days, retention: retention)
        for line in soak.lines { console.line(line) }
        return soak.isGood ? .ok : .failed
    }
}
