import Station

extension Arguments {
    /// An option's value, as a type of the configuration reads it; nil when it was not given.
    func value<Value>(_ option: String, _ type: ValueType<Value>) throws(UsageError) -> Value? {
        guard let text = self[option] else { return nil }
        do throws(ValueError) {
            return try type.parse(text)
        } catch {
            throw UsageError("\(option) takes \(type.expected): \(error.reason)")
        }
    }
}
