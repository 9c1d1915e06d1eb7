import Synchronization

/// What a device's thread shows to whoever watches: the latest value.
final class Shown<Value: Sendable>: Sendable {
    private let latest: Mutex<Value>

    init(_ value: Value) { latest = Mutex(value) }

    var value: Value {
        get { latest.withLock { $0 } }
        set { latest.withLock { $0 = newValue } }
    }
}
