import Devices
import Exchange
import Lane
import Station

/// `list-cold`: from a file that nothing of is in memory to the first answer, against reading its header and one line.
///
/// Ours opens with the header alone verified, as a station does at its start, and looks one tag up. Before each measurement the file is
/// synced and its pages are dropped (`posix_fadvise`, `POSIX_FADV_DONTNEED`), and the kernel is asked whether they are gone.
struct ListCold {
    private enum Side: CaseIterable {
        case list
        case reads
    }

    static let name = "list-cold"
    private static let opens = 20
    private static let milliseconds = 1.0

    private let settings: BenchSettings

    init(_ settings: BenchSettings) { self.settings = settings }

    func run() throws -> [BenchResult] { try settings.sizes.flatMap(measure) }

    private func measure(_ size: Int) throws -> [BenchResult] {
        let folder = try BenchFolder("bench-cold")
        let file = try ListFile(of: size, in: folder.path)
        let bytes = try file.bytes
        var comparison = Comparison(
            Self.name, unit: "ms", goal: .oursAtMost(Self.milliseconds),
            note: """
                open with the header alone verified, and one lookup; other: open, read header and one line; pages dropped \
                before each with POSIX_FADV_DONTNEED
                """)
        var left = 0
        for round in 0..<settings.rounds {
            var times: [Side: [Int64]] = [.list: [], .reads: []]
            let chosen = file.tags.chosen(Self.opens, seed: UInt64(round))
            for (turn, tag) in chosen.enumerated() {
                for side in Turns.order(Side.self, round + turn) {
                    left += try ColdFile.drop(file.path)
                    let start = MonotonicClock.now()
                    switch side {
                    case .list: try look(tag, in: file)
                    case .reads:
                        _ = try ColdFile.read(file.path, lineAt: Int(tag.key % UInt64(bytes / 64 - 1)) * 64 + 64)
                    }
                    times[side, default: []].append((MonotonicClock.now() - start).nanoseconds)
                }
            }
            guard let ours = times[.list], let other = times[.reads] else { continue }
            comparison.rounds.append(
                .init(ours: Double(Sample(ours).median) / 1_000_000, other: Double(Sample(other).median) / 1_000_000))
        }
        if left > 0 { comparison.note += "; \(left) pages in all could not be dropped" }
        return [settings.result(comparison, agreements: size)]
    }

    private func look(_ tag: TagNumber, in file: ListFile) throws {
        let list = try file.open(checking: .header)
        guard case .absent = list.answer(for: tag) else { return }
        throw BenchError("the list does not name a tag that it was built with")
    }
}
