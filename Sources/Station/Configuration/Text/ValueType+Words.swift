extension ValueType {
    /// One of a few words.
    package static func choice(_ choices: [(word: String, value: Value)]) -> Self where Value: Equatable {
        let words = KnownWords(choices.map(\.word))
        return ValueType(oneOf(words.words)) { text throws(ValueError) in
            guard let choice = choices.first(where: { $0.word == text }) else {
                throw ValueError("\(text.quoted) is not known here", hint: words.hint(for: text))
            }
            return choice.value
        } format: { value in
            choices.first { $0.value == value }?.word ?? ""
        }
    }

    /// Values of another type, with commas or blanks between them.
    package static func list<Item>(of item: ValueType<Item>, most: Int) -> Self where Value == [Item], Item: Equatable {
        list(of: item, 1...most, "1 to \(most)")
    }

    /// The same, where the word `none` stands for an empty list.
    package static func optionalList<Item>(of item: ValueType<Item>, most: Int) -> Self
    where Value == [Item], Item: Equatable {
        let list = list(of: item, 1...most, "none, or 1 to \(most)")
        return ValueType(list.expected) { text throws(ValueError) in
            text == "none" ? [] : try list.parse(text)
        } format: {
            $0.isEmpty ? "none" : list.format($0)
        }
    }

    private static func list<Item>(of item: ValueType<Item>, _ counts: ClosedRange<Int>, _ words: String) -> Self
    where Value == [Item], Item: Equatable {
        ValueType("\(words) values with commas between, each \(item.expected)") { text throws(ValueError) in
            var values: [Item] = []
            for piece in text.split(whereSeparator: { $0 == "," || $0 == " " || $0 == "\t" }) {
                let offset = text.unicodeScalars.distance(from: text.startIndex, to: piece.startIndex)
                do throws(ValueError) {
                    let value = try item.parse(String(piece))
                    guard !values.contains(value) else {
                        throw ValueError("\(String(piece).quoted) stands there twice")
                    }
                    values.append(value)
                } catch {
                    throw ValueError(error.reason, hint: error.hint, offset: offset + error.offset)
                }
            }
            guard counts.contains(values.count) else { throw ValueError("\(values.count) values") }
            return values
        } format: {
            $0.map(item.format).joined(separator: ", ")
        }
    }

    /// `yes or no`, `a, b or c`.
    private static func oneOf(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.joined() }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}

extension ValueType where Value == Bool {
    /// `yes` or `no`.
    package static var flag: Self { .choice([("yes", true), ("no", false)]) }
}

extension ValueType where Value == String {
    /// Any text on one line.
    package static func text(most: Int) -> Self {
        ValueType("a text of at most \(most) characters") { text throws(ValueError) in
            guard text.unicodeScalars.count <= most else {
                throw ValueError("\(text.quoted) has \(text.unicodeScalars.count) characters")
            }
            return text
        } format: {
            $0
        }
    }

    /// A name that is fit for records, file names and metrics: letters, digits and `-_.`.
    package static func name(most: Int) -> Self {
        ValueType("a name of at most \(most) letters, digits, dots, dashes or underscores") { text throws(ValueError) in
            guard text.unicodeScalars.count <= most else {
                throw ValueError("\(text.quoted) has \(text.unicodeScalars.count) characters")
            }
            if let stranger = text.unicodeScalars.first(where: { !ConfigurationText.isWordCharacter($0) }) {
                throw ValueError("\(text.quoted) has a \(String(Character(stranger)).quoted)")
            }
            return text
        } format: {
            $0
        }
    }

    /// An absolute path of at most so many bytes.
    package static func path(most: Int = 4_095) -> Self {
        ValueType("an absolute path of at most \(most) bytes") { text throws(ValueError) in
            guard text.hasPrefix("/") else { throw ValueError("\(text.quoted) is not absolute") }
            guard text.utf8.count <= most else { throw ValueError("\(text.quoted) has \(text.utf8.count) bytes") }
            return text
        } format: {
            $0
        }
    }
}
