import Synchronization

/// Raised once when the program ends: every transfer that looks at it breaks off within `Client.longestPause`.
package final class StopFlag: Sendable {
    private let raised = Atomic(false)

    package init() {}

    package var isRaised: Bool { raised.load(ordering: .acquiring) }

    package func raise() { raised.store(true, ordering: .releasing) }
}
