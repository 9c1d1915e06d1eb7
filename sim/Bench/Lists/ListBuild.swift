import Devices
import Exchange
import Lane
import Station

/// `list-build`: a signed, durable list from a stream of agreements in no order, against sorting the same stream in memory, writing as
/// many bytes as the list has, one digest, and fdatasync.
///
/// Ours works in bounded memory; the other holds all rows in one array and sorts it with the standard library's sort.
struct ListBuild {
    private enum Side: CaseIterable {
        case list
        case bare
    }

    /// A row as the bare side sorts it.
    private struct Row: BitwiseCopyable {
        let key: UInt64
        let word: UInt64
    }

    static let name = "list-build"
    private static let rounds = 5
    /// What a build may take beside what the stream takes: 256 MB.
    private static let mostMegabytes = 256.0

    private let settings: BenchSettings

    init(_ settings: BenchSettings) { self.settings = settings }

    func run() throws -> [BenchResult] { try settings.sizes.flatMap(measure) }

    private func measure(_ size: Int) throws -> [BenchResult] {
        let folder = try BenchFolder("bench-build")
        let tags = BenchTags(count: size)
        let stream = (0..<size).map { tags.listed(tags.scattered($0)) }
        let key = SigningKey.generate()
        var time = Comparison(
            Self.name, unit: "ms", goal: .atMost(1.5),
            note: """
                from a stream in no order to a signed, durable file; other: the same stream sorted in memory, as many bytes written, \
                one digest, fdatasync
                """)
        var memory = Comparison(
            Self.name + " memory", unit: "MB", goal: .oursAtMost(Self.mostMegabytes),
            note: "the most that the process grows by while it builds; other: while it sorts and writes")
        var bytes = 0
        for round in 0..<settings.rounds(most: Self.rounds) {
            if bytes == 0 { bytes = try build(stream, tags, key, folder.path) }
            var took: [Side: Double] = [:]
            var grown: [Side: Double] = [:]
            for side in Turns.order(Side.self, round) {
                let before = try PeakMemory.begin()
                let start = MonotonicClock.now()
                switch side {
                case .list: _ = try build(stream, tags, key, folder.path)
                case .bare: try sortAndWrite(stream, tags, bytes: bytes, folder.path)
                }
                took[side] = Double((MonotonicClock.now() - start).nanoseconds) / 1_000_000
                grown[side] = Double(try PeakMemory.now() - before) / 1_024
            }
            guard let ours = took[.list], let bare = took[.bare] else { continue }
            time.rounds.append(.init(ours: ours, other: bare))
            memory.rounds.append(.init(ours: grown[.list] ?? 0, other: max(grown[.bare] ?? 0, 1)))
            Terminal.print(
                "list-build round \(round + 1): \(Int(ours)) ms and \(Int(memory.rounds[round].ours)) MB, bare \(Int(bare)) ms"
            )
        }
        return [time, memory].map { settings.result($0, agreements: size) }
    }

    /// Gives the file's size.
    private func build(_ stream: [TagNumber], _ tags: BenchTags, _ key: SigningKey, _ folder: String) throws -> Int {
        var writer = AgreementListWriter(temporaryFolder: folder + "/partitions")
        for (turn, tag) in stream.enumerated() { try writer.add(tag, tags.entry(tags.scattered(turn)), line: turn) }
        return try writer.write(to: folder + "/built.list", ListFile.header(version: 1), signedBy: key).header.fileBytes
    }

    private func sortAndWrite(_ stream: [TagNumber], _ tags: BenchTags, bytes: Int, _ folder: String) throws {
        var rows: [Row] = []
        rows.reserveCapacity(stream.count)
        for (turn, tag) in stream.enumerated() {
            rows.append(Row(key: tag.key, word: tags.word(tags.scattered(turn))))
        }
        rows.sort { $0.key < $1.key }
        var file = try BareFile(path: folder + "/bare")
        try file.append(rows)
        let blank = [UInt8](repeating: 0, count: BareFile.piece)
        for from in stride(from: rows.count * MemoryLayout<Row>.stride, to: bytes, by: blank.count) {
            try file.append(Array(blank.prefix(bytes - from)))
        }
        _ = try file.finish()
    }
}
