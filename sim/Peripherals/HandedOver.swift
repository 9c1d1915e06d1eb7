import Synchronization

/// Carries something with one owner into a thread's closure, which can only hold what can be copied.
final class HandedOver<Thing: ~Copyable & Sendable>: Sendable {
    private let thing: Mutex<Thing?>

    init(_ thing: consuming Thing) { self.thing = Mutex(consume thing) }

    /// The thing, for the one that asks first.
    func take() -> Thing? {
        thing.withLock { $0.take() }
    }
}

/// What a device's thread shows to whoever watches: the latest value.
final class Shown<Value: Sendable>: Sendable {
    private let latest: Mutex<Value>

    init(_ value: Value) { latest = Mutex(value) }

    var value: Value {
        get { latest.withLock { $0 } }
        set { latest.withLock { $0 = newValue } }
    }
}
