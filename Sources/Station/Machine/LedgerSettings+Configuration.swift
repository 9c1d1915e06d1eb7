import Lane
import Sync

extension LedgerSettings {
    /// What the ledger is told by `[journal]`, and where the antennas hang.
    init(_ section: JournalSection, laneOfAntenna: [AntennaNumber: LaneNumber]) {
        self.init()
        self.laneOfAntenna = laneOfAntenna
        sealAfter = section.sealAfter
        retention = section.retention
        mostWaiting = section.mostWaiting
    }
}
