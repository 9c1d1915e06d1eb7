import Exchange
import Lane
import Station

/// `lookup-…`: what it takes to find a tag in a list, against memory itself, LMDB, SQLite and Swift's dictionary, on the same keys.
///
/// A lookup is all that a lane does: a key in, an answer with status and dates out. Before each side of a round the processor's
/// caches are filled with other things. Single lookups are timed one by one (`Timed`); chains and throughput in one go.
struct ListLookups {
    /// So many are timed in a round, chained in a round, and asked for in a batch's round.
    private struct Counts {
        var singles = 100_000
        var chain = 400_000
        var batches = 1_000_000

        static let whenQuick = Counts(singles: 2_000, chain: 4_000, batches: 10_000)
    }

    /// Each can be asked for by its name.
    enum Name: String, CaseIterable {
        case memory = "lookup-vs-memory"
        case chain = "lookup-chain-vs-memory"
        case lmdb = "lookup-vs-lmdb"
        case sqlite = "lookup-vs-sqlite"
        case dictionary = "lookup-vs-dictionary"
    }

    private let settings: BenchSettings
    private let wanted: Set<String>

    init(_ settings: BenchSettings, _ wanted: Set<String>) { (self.settings, self.wanted) = (settings, wanted) }

    func run() throws -> [BenchResult] {
        let counts = settings.isQuick ? Counts.whenQuick : Counts()
        var results: [BenchResult] = []
        for size in settings.sizes {
            let folder = try BenchFolder("bench-lookup")
            let file = try ListFile(of: size, in: folder.path)
            let list = try file.open()
            list.warm()
            for name in Name.allCases where wanted.contains(name.rawValue) {
                Terminal.print("\(name.rawValue): \(size) agreements")
                results += try measure(name, counts, file, list, folder.path)
            }
        }
        return results
    }

    private func measure(
        _ name: Name, _ counts: Counts, _ file: ListFile, _ list: AgreementList, _ folder: String
    ) throws -> [BenchResult] {
        switch name {
        case .memory, .chain:
            var memory = try LookupsAgainstMemory(settings, file, list, in: folder)
            return name == .memory ? memory.singles(counts.singles) : memory.chains(counts.chain)
        case .lmdb, .sqlite, .dictionary:
            var stores = LookupsAgainstStores(settings, file, list, in: folder)
            switch name {
            case .lmdb: return try stores.lmdb(counts.singles)
            case .sqlite: return try stores.sqlite(counts.singles)
            default: return stores.dictionary(counts.batches)
            }
        }
    }
}
