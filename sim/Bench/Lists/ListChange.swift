import Devices
import Exchange
import Lane
import Station
import Storage

/// `list-change`: a change of one tag in a hundred, opened, verified, applied and durable, against writing as many bytes as the list has
/// with one digest and fdatasync; and `list-change-vs-lmdb`: the same operations in one durable transaction of LMDB.
///
/// Half of the operations change an entry, a quarter removes a tag, a quarter adds one. Ours writes the next list whole beside the base;
/// LMDB changes its pages in place, forth in one round and back in the next, so that it always has as much to do.
struct ListChange {
    private enum Side: CaseIterable {
        case list
        case bare
        case lmdb
    }

    /// One tag, and what is done to it.
    private struct Operation {
        let tag: TagNumber
        let before: UInt64?
        let after: UInt64?
    }

    static let names = ["list-change", "list-change-vs-lmdb"]
    private static let rounds = 9

    private let settings: BenchSettings
    private let wanted: Set<String>

    init(_ settings: BenchSettings, _ wanted: Set<String>) { (self.settings, self.wanted) = (settings, wanted) }

    func run() throws -> [BenchResult] { try settings.sizes.flatMap(measure) }

    private func measure(_ size: Int) throws -> [BenchResult] {
        let folder = try BenchFolder("bench-change")
        let file = try ListFile(of: size, in: folder.path)
        let base = try file.open()
        let changePath = folder.path + "/next.change"
        try makeChange(file, base, into: changePath, folder.path)
        let operations = operations(on: file.tags)
        let lmdb = try LMDBSide(folder: folder.path, room: LMDBSide.room(for: size), file.tags.ascending)
        let whole = [UInt8](repeating: 0x5A, count: try file.bytes)
        var comparisons = comparisons
        for round in 0..<settings.rounds(most: Self.rounds) {
            var times: [Side: Double] = [:]
            for side in Turns.order(Side.self, round) {
                let start = MonotonicClock.now()
                switch side {
                case .list:
                    let change = try AgreementListChange.open(path: changePath, trusting: [file.key.publicKey])
                    try change.apply(to: base, into: folder.path + "/next.list")
                case .bare: try bareWrite(whole, folder.path + "/bare")
                case .lmdb:
                    try lmdb.change(operations.map { ($0.tag.key, round % 2 == 0 ? $0.after : $0.before) })
                }
                times[side] = Double((MonotonicClock.now() - start).nanoseconds) / 1_000_000
            }
            guard let ours = times[.list], let bare = times[.bare], let other = times[.lmdb] else { continue }
            comparisons[0].rounds.append(.init(ours: ours, other: bare))
            comparisons[1].rounds.append(.init(ours: ours, other: other))
            Terminal.print(
                "list-change round \(round + 1): \(Int(ours)) ms, bare \(Int(bare)) ms, LMDB \(Int(other)) ms")
        }
        return comparisons.filter { wanted.contains($0.name) }.map { settings.result($0, agreements: size) }
    }

    private var comparisons: [Comparison] {
        let ours = "a change of one in a hundred opened, verified and applied durably"
        return [
            Comparison(
                Self.names[0], unit: "ms", goal: .atMost(1.5),
                note: "\(ours); other: as many bytes as the list written, one digest, fdatasync"),
            Comparison(
                Self.names[1], unit: "ms", goal: .atMost(1),
                note:
                    "\(ours); other: the same operations, in ascending order of keys, in one transaction of LMDB, synced"
            ),
        ]
    }

    private func bareWrite(_ bytes: [UInt8], _ path: String) throws {
        var file = try BareFile(path: path)
        try file.append(bytes)
        _ = try file.finish()
    }

    /// Central's part, not measured: the next list and the change to it.
    private func makeChange(_ file: ListFile, _ base: AgreementList, into path: String, _ folder: String) throws {
        var operations = AgreementListOperations()
        for (turn, place) in places(of: file.tags).enumerated() {
            switch turn % 4 {
            case 0: try operations.add(file.tags.listed(place), .remove)
            case 1: try operations.add(file.tags.unlisted(place), .set(file.tags.entry(place)))
            default: try operations.add(file.tags.listed(place), .set(.agreement(Agreement(.blocked))))
            }
        }
        _ = try base.next(
            applying: operations, ListFile.header(version: 2), issuers: [], signedBy: file.key,
            into: folder + "/central.list", change: path)
    }

    /// The same for LMDB.
    private func operations(on tags: BenchTags) -> [Operation] {
        places(of: tags).enumerated().map { turn, place in
            switch turn % 4 {
            case 0: Operation(tag: tags.listed(place), before: tags.word(place), after: nil)
            case 1: Operation(tag: tags.unlisted(place), before: nil, after: tags.word(place))
            default: Operation(tag: tags.listed(place), before: tags.word(place), after: 7)
            }
        }.sorted { $0.tag.key < $1.tag.key }
    }

    /// One tag in a hundred, scattered over the list.
    private func places(of tags: BenchTags) -> [Int] { (0..<tags.count / 100).map(tags.scattered) }
}
