import FoundationEssentials
import Sync

/// What `station journal repair --dry-run` finds; with `--json` its members are the object's.
struct JournalRepair: Codable, Hashable {
    let file: String
    /// Nil: nothing can be read.
    var journal: String?
    /// Records that central has not and that would be delivered.
    var records = 0
    /// The last of them.
    var upTo: UInt64?
    var lost = 0
    /// The ranges that are lost, in words.
    var gaps: [String] = []
    /// What else is damaged, and what that means.
    var damaged: [String] = []
    var isWhole: Bool { journal != nil && lost == 0 && damaged.isEmpty }

    /// Tries it in a folder of its own, which is gone afterwards.
    init(of file: String) throws {
        self.file = file
        let folder = FileManager.default.temporaryDirectory.appending(path: "bomstasjon-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        let trial = Result { try SalvageTrial(of: file, in: folder.path) }
        try FileManager.default.removeItem(at: folder)
        damaged = try trial.get().damage
        guard let salvaged = try trial.get().salvaged else { return }
        journal = salvaged.journal.hex
        records = salvaged.records
        upTo = salvaged.sealedUpTo.number
        lost = salvaged.lostRecords
        gaps = salvaged.lost.map(\.description)
    }

    /// For people.
    var lines: [String] {
        let damage = damaged.map { "damaged   \($0)" }
        guard let journal else {
            return ["journal   \(file)"] + damage + ["not good: nothing can be read of it; keep the file"]
        }
        return [
            "journal   \(journal), \(file)",
            "salvage   \(records) records that the central server has not acknowledged\(upTo.map { ", up to \($0)" } ?? "")",
        ] + gaps.map { "gap       \($0)" } + damage + [verdict]
    }

    private var verdict: String {
        guard !isWhole else { return "good: nothing is lost" }
        return lost > 0
            ? "not good: \(lost) records are lost" : "not good: no sealed record is lost, see what is damaged"
    }
}
