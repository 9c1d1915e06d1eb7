/// One key of a section, declared once: from it files are read, written and explained.
package struct ConfigurationKey<Target: Sendable>: Sendable {
    /// What holds when the file does not name the key.
    package enum Presence: Hashable, Sendable {
        /// The section's own default.
        case standard
        /// It has to be there; a file may say this, for example.
        case required(example: String)
        /// Nothing.
        case optional(example: String)
    }

    package let name: String
    package let explanation: String
    /// What a value may be, with its range.
    package let expected: String
    package let presence: Presence
    /// Reads a value into a section.
    let set: @Sendable (inout Target, String) throws(ValueError) -> Void
    /// The value of a section as a file would say it; nil when there is none.
    let text: @Sendable (Target) -> String?

    /// A key with a default: the value that a new section has.
    package init<Value>(
        _ name: String, _ path: any WritableKeyPath<Target, Value> & Sendable, _ type: ValueType<Value>,
        _ explanation: String
    ) {
        self.init(name, path, type, .standard, explanation)
    }

    /// A key that every file has to name.
    package init<Value>(
        required name: String, _ path: any WritableKeyPath<Target, Value> & Sendable, _ type: ValueType<Value>,
        example: String, _ explanation: String
    ) {
        self.init(name, path, type, .required(example: example), explanation)
    }

    /// A key that may be left out, and then there is no value.
    package init<Value>(
        optional name: String, _ path: any WritableKeyPath<Target, Value?> & Sendable, _ type: ValueType<Value>,
        example: String, _ explanation: String
    ) {
        self.init(name, maybe: path, type, .optional(example: example), explanation)
    }

    /// A key that every file has to name, of a type for which there is no value before.
    package init<Value>(
        required name: String, _ path: any WritableKeyPath<Target, Value?> & Sendable, _ type: ValueType<Value>,
        example: String, _ explanation: String
    ) {
        self.init(name, maybe: path, type, .required(example: example), explanation)
    }

    private init<Value>(
        _ name: String, maybe path: any WritableKeyPath<Target, Value?> & Sendable, _ type: ValueType<Value>,
        _ presence: Presence, _ explanation: String
    ) {
        self.name = name
        self.explanation = explanation
        self.presence = presence
        expected = type.expected
        set = { target, text throws(ValueError) in target[keyPath: path] = try type.parse(text) }
        text = { $0[keyPath: path].map(type.format) }
    }

    private init<Value>(
        _ name: String, _ path: any WritableKeyPath<Target, Value> & Sendable, _ type: ValueType<Value>,
        _ presence: Presence, _ explanation: String
    ) {
        self.name = name
        self.explanation = explanation
        self.presence = presence
        expected = type.expected
        set = { target, text throws(ValueError) in target[keyPath: path] = try type.parse(text) }
        text = { type.format($0[keyPath: path]) }
    }
}
