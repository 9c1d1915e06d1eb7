import Camera
import Station
import Sync

extension Witness.Limit {
    /// How much of it there may be, by the limits that the station names.
    func most(_ configuration: StationConfiguration) -> Int {
        switch self {
        case .unsealedRecords: configuration.journal.mostWaiting + Ledger.reserve
        // The mailbox of the disk's worker.
        case .diskJobs: PhotoQueue.mostPassages * 4 + 64
        // One at a time, and letting go of the list before.
        case .listJobs: 4
        // Records, those that were salvaged, photos, lists, the certificate, and the one that is just answered.
        case .questions: 6
        // One is under way, and those that were given up lie in the mailbox of the camera's worker.
        case .photosUnderWay: configuration.cameras.count * 8
        case .journalLogBytes: (Ledger.mostLogPages + 4_096) * 4_200
        case .photoFiles: PhotoStore.Limits().mostFiles
        }
    }
}
