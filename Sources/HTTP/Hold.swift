/// Calls a closure once, when the last answer that holds it is done with: all of it sent, its client gone, or the server stopped.
///
/// An answer is sent long after it was given. Whoever has to know how many are under way puts a hold into each.
package final class Hold: Sendable {
    private let released: @Sendable () -> Void

    /// - Parameter released: called on one of the server's threads; it must not wait.
    package init(released: @escaping @Sendable () -> Void) { self.released = released }

    deinit { released() }
}
