/// What a key's value may be: how it is read, how it is written, and how documents and errors call it.
///
/// What `format` writes, `parse` reads back as the same value.
package struct ValueType<Value: Sendable>: Sendable {
    /// The kind and its range, such as "a duration from 0 s to 2 s (us, ms, s, min, h, d)".
    package let expected: String
    package let parse: @Sendable (String) throws(ValueError) -> Value
    package let format: @Sendable (Value) -> String

    package init(
        _ expected: String, parse: @escaping @Sendable (String) throws(ValueError) -> Value,
        format: @escaping @Sendable (Value) -> String
    ) {
        self.expected = expected
        self.parse = parse
        self.format = format
    }
}

/// Why a text is no value of its type.
package struct ValueError: Error, Hashable, Sendable {
    /// What is wrong with it, such as `"sekunder" is no unit`.
    package let reason: String
    /// `; did you mean "s"?`, or nothing.
    package let hint: String
    /// Where in the text, in characters from its start.
    package let offset: Int

    package init(_ reason: String, hint: String = "", offset: Int = 0) {
        self.reason = reason
        self.hint = hint
        self.offset = offset
    }
}
