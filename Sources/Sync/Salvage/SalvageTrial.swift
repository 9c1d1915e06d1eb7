import Exchange
import Lane
import Storage

/// What could be salvaged of a journal's file: tried in another folder, so that nothing is changed where the file is.
package struct SalvageTrial: Hashable, Sendable {
    /// What would be delivered; nil: nothing can be read.
    package let salvaged: SalvagedJournal?

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
            of: file, to: folder + "/trial", beside: nil, givenUp: [], context, on: SystemDisk())
        var found: SalvagedJournal?
        while let step = try salvage?.step(at: stamp, photos: { _, _ in [:] }) {
            progress()
            guard case .done(let journal) = step else { continue }
            found = journal
            break
        }
        salvaged = found
    }
}
