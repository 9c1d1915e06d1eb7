import Exchange
import Lane
import Station
import Sync

/// `durable-64`: passages a second through journal and commit, with 64 waiting each time, against bare inserts of as many bytes.
struct DurableGroups {
    private static let group = 64
    private static let groups = 64
    private static let groupsWhenQuick = 4

    private let settings: BenchSettings

    init(_ settings: BenchSettings) { self.settings = settings }

    func run() throws -> [BenchResult] {
        try [
            measure(
                Comparison(
                    "durable-64", unit: "passages/s", goal: .atLeast(0.9),
                    note: """
                        each passage: its read (row and reader's position), the passage when decided, its read's row \
                        deleted, the record sealed with its digest, over two commits of 64; other: one insert
                        """), .decidedThenSealed),
            measure(
                Comparison(
                    "durable-64 closed", unit: "passages/s", goal: nil,
                    note: """
                        passages that closed while they waited: read, position and sealed record in one commit; other: \
                        one insert
                        """), .sealedAtOnce),
        ]
    }

    private func measure(_ comparison: Comparison, _ course: JournalSide.Course) throws -> BenchResult {
        var comparison = comparison
        let folder = try BenchFolder("bench-journal")
        var ours = try JournalSide(course, folder: folder.path)
        let other = try BareSide(folder: folder.path, bytes: Self.bytesOfRecord)
        let groups = settings.isQuick ? Self.groupsWhenQuick : Self.groups
        // Two groups each before anything is measured: then every commit has a whole group of each stage.
        for _ in 0..<2 {
            _ = try ours.commitGroup(of: Self.group)
            _ = try other.commitGroup(of: Self.group)
        }
        for _ in 0..<settings.rounds {
            var took = (ours: Interval.zero, other: Interval.zero)
            // Group by group in turns, so that both meet the same disk.
            for _ in 0..<groups {
                took.ours = took.ours + (try ours.commitGroup(of: Self.group))
                took.other = took.other + (try other.commitGroup(of: Self.group))
            }
            let passages = groups * Self.group
            comparison.rounds.append(
                .init(ours: passages.perSecond(in: took.ours), other: passages.perSecond(in: took.other)))
            try ours.checkpoint()
            try other.checkpoint()
        }
        let last = comparison.rounds[comparison.rounds.count - 1]
        Terminal.print(
            """
            \(comparison.name): last of \(settings.rounds) rounds \(Int(last.ours)) / \(Int(last.other)) passages/s; \
            a commit has \(ours.writesWaiting) writes, a record \(Self.bytesOfRecord) bytes
            """)
        return comparison.result(machine: settings.machine, isQuick: settings.isQuick)
    }

    /// The bytes of a sealed passage of the mill.
    private static var bytesOfRecord: Int {
        var mill = PassageMill()
        let vehicle = mill.next(read: ReadID(1))
        return RecordEncoder(context: PassageMill.context).body(
            of: .passage(vehicle.closed, photos: []), sequence: Sequence(100_000), stamp: vehicle.stamp
        ).count
    }
}

extension Int {
    fileprivate func perSecond(in interval: Interval) -> Double {
        Double(self) * 1_000_000_000 / Double(interval.nanoseconds)
    }
}
