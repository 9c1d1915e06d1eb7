import Lane

/// A conversation with one TransCore reader: from bytes on a port to reads, and from commits to acknowledgements.
package struct ReaderSession: Sendable {
    let settings: ReaderSettings

    package init(_ settings: ReaderSettings) { self.settings = settings }

    /// Takes an event.
    ///
    /// - Parameters:
    ///   - at: when it happened; for bytes, when the first of them arrived.
    ///   - now: the present; never goes back.
    package mutating func handle(_ event: ReaderEvent, at: Instant, now: Instant) -> [ReaderAction] {
        []
    }
}
