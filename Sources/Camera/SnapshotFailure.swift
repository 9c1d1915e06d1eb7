import Exchange

/// Why a photo was not taken or not kept: the record's word, and the cause for the log.
package struct SnapshotFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: PhotoMissing
    package let description: String

    package init(_ reason: PhotoMissing, _ description: String) {
        self.reason = reason
        self.description = description
    }
}
