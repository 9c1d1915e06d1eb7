import Exchange
import Lane

/// One line of a table of agreements, cut into its values.
struct AgreementsCSVLine {
    typealias Value = ArraySlice<UInt8>

    let bytes: ArraySlice<UInt8>
    let number: Int

    /// The values, without blanks and quotes around them.
    func values(separatedBy separator: UInt8) -> [Value] {
        bytes.split(separator: separator, omittingEmptySubsequences: false).map(Self.trimmed)
    }

    /// What the line says, its columns in this order.
    func row(
        _ columns: [AgreementsCSV.Column], separatedBy separator: UInt8, _ rules: AgreementsCSV.Rules
    ) throws(AgreementsCSV.Fault) -> AgreementsCSV.Row {
        let values = values(separatedBy: separator)
        guard values.count == columns.count else {
            let text = "expected \(columns.count) values as the first line has columns, found \(values.count)"
            throw fault(text, at: bytes.startIndex)
        }
        let value = { (column: AgreementsCSV.Column) -> Value in
            columns.firstIndex(of: column).map { values[$0] } ?? bytes.prefix(0)
        }
        let tag = try self.tag(value(.number), system: value(.system))
        try check(tag, at: value(.number).startIndex, rules)
        let isDenial = try self.isDenial(value(.denial))
        guard !isDenial else {
            for column in [AgreementsCSV.Column.status, .from, .until, .class] where !value(column).isEmpty {
                throw fault(
                    "expected no \(column.rawValue): a denial holds until it is left out", at: value(column).startIndex)
            }
            return AgreementsCSV.Row(tag: tag, entry: .denial, line: number)
        }
        let status = try word(value(.status), of: AgreementsCSV.statuses, "status") ?? .approved
        let vehicle = try word(value(.class), of: AgreementsCSV.classes, "class") ?? .notSaid
        let (from, until) = (try time(value(.from)), try time(value(.until)))
        if let from, let until, until <= from {
            throw fault("expected until to be later than from", at: value(.until).startIndex)
        }
        let agreement = Agreement(status, validFrom: from, validUntil: until)
        return AgreementsCSV.Row(tag: tag, entry: .agreement(agreement, vehicle), line: number)
    }

    private func tag(_ value: Value, system: Value) throws(AgreementsCSV.Fault) -> TagNumber {
        let word = system.isEmpty ? "printed" : String(decoding: system, as: UTF8.self)
        guard let system = TagNumber.System.allCases.first(where: { IssuerPrefix.word(of: $0) == word }) else {
            throw expected(AgreementsCSV.systems, "system", typed: word, at: system.startIndex)
        }
        guard !value.isEmpty else { throw fault("expected a number", at: value.startIndex) }
        guard system != .ata else {
            guard let tag = TagNumber(ata: value) else {
                throw fault("expected an ATA text of 1 to 10 capitals, digits and inner spaces", at: value.startIndex)
            }
            return tag
        }
        var (amount, digits) = (UInt64(0), 0)
        for (place, byte) in zip(value.indices, value) where byte != 0x20 {
            guard (0x30...0x39).contains(byte) else { throw fault("expected digits and spaces only", at: place) }
            (amount, digits) = (amount &* 10 &+ UInt64(byte - 0x30), digits + 1)
        }
        guard system != .printed || digits == 10 || digits == 16 else {
            throw fault("expected 10 or 16 digits, found \(digits)", at: value.startIndex)
        }
        guard let tag = TagNumber(system, value: amount, digits: digits) else {
            throw fault("expected 1 to \(system == .pan ? 19 : 18) digits, found \(digits)", at: value.startIndex)
        }
        return tag
    }

    private func check(_ tag: TagNumber, at place: Int, _ rules: AgreementsCSV.Rules) throws(AgreementsCSV.Fault) {
        if !rules.issuers.isEmpty, !rules.issuers.contains(where: { $0.matches(tag) }) {
            throw fault("expected a number of the issuers that --issuers names", at: place)
        }
        if tag.system == .pan || rules.luhn.contains(where: { $0.matches(tag) }), !tag.passesLuhn {
            throw fault(
                "expected a number whose last digit is its Luhn check digit; one digit is wrong or two are swapped",
                at: place)
        }
    }

    private func isDenial(_ value: Value) throws(AgreementsCSV.Fault) -> Bool {
        try word(value, of: [("yes", true), ("no", false)], "denial") ?? false
    }

    /// The value that a word stands for; nil where there is no word.
    private func word<T>(_ value: Value, of known: [(word: String, value: T)], _ what: String)
        throws(AgreementsCSV.Fault) -> T?
    {
        guard !value.isEmpty else { return nil }
        for (word, meaning) in known where value.elementsEqual(word.utf8) { return meaning }
        let typed = String(decoding: value, as: UTF8.self)
        throw expected(known.map(\.word), what, typed: typed, at: value.startIndex)
    }

    private func time(_ value: Value) throws(AgreementsCSV.Fault) -> UTC? {
        guard !value.isEmpty else { return nil }
        let text = String(decoding: value, as: UTF8.self)
        let ending = value.count == 10 ? "T00:00:00.000Z" : ":00.000Z"
        guard value.count == 10 || (value.count == 17 && value.last == UInt8(ascii: "Z")),
            let time = UTC(text: text.prefix(16) + ending)
        else { throw fault("expected a time in UTC, as 2026-01-31 or 2026-01-31T12:15Z", at: value.startIndex) }
        guard time.milliseconds % 900_000 == 0 else {
            throw fault("expected a quarter of an hour: minutes 00, 15, 30 or 45", at: value.startIndex)
        }
        return time
    }

    private func expected(
        _ words: [String], _ what: String, typed: String, at place: Int
    ) -> AgreementsCSV.Fault {
        fault("expected a \(what): \(words.joined(separator: ", "))\(KnownWords(words).hint(for: typed))", at: place)
    }

    func fault(_ sentence: String, at place: Int) -> AgreementsCSV.Fault {
        let before = bytes[bytes.startIndex..<min(max(place, bytes.startIndex), bytes.endIndex)]
        return AgreementsCSV.Fault(line: number, column: 1 + before.count { $0 & 0xC0 != 0x80 }, sentence: sentence)
    }

    private static func trimmed(_ value: Value) -> Value {
        let inner = blanksOff(value)
        let quote = UInt8(ascii: "\"")
        guard inner.count >= 2, inner.first == quote, inner.last == quote else { return inner }
        return blanksOff(inner.dropFirst().dropLast())
    }

    private static func blanksOff(_ value: Value) -> Value {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
        let start = value.firstIndex { !isBlank($0) } ?? value.endIndex
        let end = value.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
        return value[start..<end]
    }
}
