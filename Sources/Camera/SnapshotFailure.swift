import Exchange

/// Why a photo was not taken or not kept: the record's word, the cause for the log, and what it tells of the store.
package struct SnapshotFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: PhotoMissing
    package let description: String
    /// How the store stands; nil when the photo did not come so far.
    package let store: StoreCondition?

    package init(_ reason: PhotoMissing, _ description: String, store: StoreCondition? = nil) {
        self.reason = reason
        self.store = store
        self.description = description
    }
}
