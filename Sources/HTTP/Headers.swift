/// Header fields in the order in which they came; names are compared without regard to case (RFC 9110 §5.1).
package struct Headers: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// One field.
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }

        /// The name is a token, and neither part can end the line or begin another (RFC 9110 §5.5).
        package var isWellFormed: Bool {
            !name.isEmpty && name.utf8.allSatisfy(Self.isTokenCharacter)
                && value.utf8.allSatisfy { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }
        }

        private static func isTokenCharacter(_ c: UInt8) -> Bool {
            c > 0x20 && c < 0x7F && !#"()<>@,;:\"/[]?={}"#.utf8.contains(c)
        }
    }

    package private(set) var fields: [Field]

    package init(_ fields: [Field] = []) { self.fields = fields }

    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// The value of the first field of that name.
    package subscript(name: String) -> String? {
        let wanted = name.lowercased()
        return fields.first { $0.name.lowercased() == wanted }?.value
    }

    /// Adds a field behind those of the same name.
    package mutating func add(_ name: String, _ value: String) { fields.append(Field(name: name, value: value)) }
}
