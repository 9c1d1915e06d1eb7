import FoundationEssentials
import Lane
import Station

/// `drain`: a million passages from a station's journal until the central server has them durably, deduplicated and verified.
struct Drain {
    private static let passages = 1_000_000
    private static let passagesWhenQuick = 3_000
    /// What central has to take a second, and what the station's process may have resident, in megabytes.
    private static let goal = (perSecond: 100_000.0, stationMegabytes: 64.0)

    private let settings: BenchSettings

    init(_ settings: BenchSettings) { self.settings = settings }

    func run() throws -> [BenchResult] {
        let folder = try BenchFolder("bench-drain")
        let count = settings.isQuick ? Self.passagesWhenQuick : Self.passages
        let backlog = try BacklogJournal(of: count, in: try Self.make(folder.path + "/state"))
        let ours = try DrainSide(backlog)
        let size = "\(count) passages of \(backlog.bytes / count) bytes a line"
        Terminal.print("drain: \(size), \(backlog.bytes >> 20) MB")
        var rate = Comparison(
            "drain", unit: "passages/s", goal: .oursAtLeast(Self.goal.perSecond),
            note: "\(size); station and central as processes, against rows over one socket into SQLite")
        var memory = Comparison(
            "drain memory", unit: "MB", goal: .oursAtMost(Self.goal.stationMegabytes),
            note: "\(size); the station's highest resident memory, against central's")
        for round in 0..<settings.rounds(most: 3) {
            let took = try other(backlog, folder.path + "/bare-\(round)")
            let outcome = try drain(ours, into: folder.path + "/central-\(round)")
            rate.rounds.append(.init(ours: Timed.rate(count, outcome.took), other: Timed.rate(count, took)))
            memory.rounds.append(
                .init(ours: Double(outcome.stationPeak) / 1_024, other: Double(outcome.centralPeak) / 1_024))
            let last = rate.rounds[round]
            Terminal.print(
                """
                drain round \(round + 1): \(Int(last.ours)) / \(Int(last.other)) passages/s, station \
                \(outcome.stationPeak >> 10) MB, central \(outcome.centralPeak >> 10) MB at the most
                """)
        }
        return [rate, memory].map { $0.result(machine: settings.machine, isQuick: settings.isQuick) }
    }

    private func other(_ backlog: BacklogJournal, _ file: String) throws -> Interval {
        let took = try BareDrain(backlog: backlog).drain(into: file)
        for ending in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: file + ending) {
            try FileManager.default.removeItem(atPath: file + ending)
        }
        return took
    }

    private func drain(_ side: DrainSide, into folder: String) throws -> DrainSide.Outcome {
        let outcome = try side.drain(into: folder)
        let held = try DrainSide.records(in: folder)
        guard held == side.backlog.count else {
            throw BenchError("central has \(held) of \(side.backlog.count) passages")
        }
        try FileManager.default.removeItem(atPath: folder)
        return outcome
    }

    private static func make(_ folder: String) throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }
}
