import Sync

extension LedgerSettings {
    /// What the ledger is told by `[journal]`.
    init(_ section: JournalSection) {
        self.init()
        sealAfter = section.sealAfter
        retention = section.retention
        mostWaiting = section.mostWaiting
    }
}
