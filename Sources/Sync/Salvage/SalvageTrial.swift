import Exchange
import Lane
import Storage

/// What could be salvaged of a journal's file: tried in another folder, so that nothing is changed where the file is.
package struct SalvageTrial: Hashable, Sendable {
    /// What would be delivered; nil: nothing can be read.
    package let salvaged: SalvagedJournal?
    /// What is damaged, and what that means, one line each.
    package let damage: [String]

    /// Tries it; takes as much room in the folder as what central has not.
    ///
    /// - Parameters:
    ///   - folder: where the trial's file is written; whoever asks deletes it.
    ///   - progress: called now and then.
    package init(of file: String, in folder: String, progress: () -> Void = {}) throws {
        let context = RecordContext(
            station: StationID(0), journal: JournalID(high: 0, low: 0), boot: "", configuration: .zero, profile: "none",
            list: "none", antennas: [:], lanes: [:])
        let stamp = Stamp(at: Instant(nanoseconds: 0), utc: UTC(milliseconds: 0), clock: .unknown)
        var salvage = try JournalSalvage(
            of: file, mended: nil, to: folder + "/trial", beside: nil, givenUp: [], context, on: SystemDisk())
        var found: SalvagedJournal?
        while let step = try salvage?.step(at: stamp, photos: { _, _ in [:] }) {
            progress()
            guard case .done(let journal) = step else { continue }
            found = journal
            break
        }
        salvaged = found
        damage = try Self.damage(of: file)
    }

    /// SQLite's own words about pages; more have one cause.
    private static let mostFaults = 20

    private static func damage(of file: String) throws -> [String] {
        var found: [String] = []
        if let log = try LogDamage(ofLog: Database.log(of: file)) {
            found.append("\(log.words); the station reads behind it, this trial does not")
        }
        do {
            let database = try Database(path: file, access: .readOnly)
            let format = try JournalSchema.format(of: database)
            for table in CheckedTable.allCases where table.isKnown(in: format) {
                if let words = try table.damage(in: database, format) { found.append(words) }
            }
            guard found.isEmpty else { return found }
            let check = try database.prepare("PRAGMA quick_check(\(mostFaults))")
            while try check.step() {
                let words = check.text(0) ?? ""
                if words != "ok" { found.append("\(words); no row that can be read is concerned") }
            }
        } catch {
            try DamagedJournal.pass(error)
            found.append(JournalFailure(because: error).reason)
        }
        return found
    }
}
