import Exchange
import Lane
import Station

/// One line of an agreements file, read word by word. Nothing is copied: a national file has ten million of them.
struct AgreementsLine {
    private typealias Word = ArraySlice<UInt8>

    private let bytes: ArraySlice<UInt8>
    private let number: Int
    private let rules: AgreementsRules
    /// What is not read yet, without the comment.
    private var rest: ArraySlice<UInt8>

    init(
        _ bytes: ArraySlice<UInt8>, number: Int, rules: AgreementsRules = AgreementsRules()
    ) throws(AgreementsFault) {
        self.bytes = bytes
        self.number = number
        self.rules = rules
        rest = bytes.prefix { $0 != UInt8(ascii: "#") }
        guard bytes.count <= AgreementsFile.longestLine else {
            throw fault(.shorterLine, at: bytes.startIndex + AgreementsFile.longestLine)
        }
        if let place = Self.firstInvalid(in: bytes) { throw fault(.utf8, at: place) }
    }

    /// What the line says; nil when it is empty or a comment.
    consuming func entry() throws(AgreementsFault) -> AgreementsFile.Entry? {
        guard let first = nextWord else { return nil }
        let tag = try takeNumber(from: first.startIndex)
        let standing = try takeStanding()
        // What should never have been on the list can be taken off it.
        if standing != nil, let expected = rules.objection(to: tag) { throw fault(expected, at: first.startIndex) }
        let terms = try takeTerms(of: standing)
        return AgreementsFile.Entry(
            number: tag, standing: standing, from: terms.from, until: terms.until,
            vehicle: terms.vehicle ?? .notSaid, line: number)
    }

    /// What may follow on the status, in any order, each once.
    private struct Terms {
        var from: UTC?
        var until: UTC?
        var vehicle: AgreementListEntry.VehicleClass?
    }

    private mutating func takeTerms(of standing: Standing?) throws(AgreementsFault) -> Terms {
        var terms = Terms()
        while let word = takeWord() {
            guard let standing else { throw fault(.nothingMore, at: word.startIndex) }
            guard standing != .denied else { throw fault(.noTerms, at: word.startIndex) }
            if word.elementsEqual("from".utf8) {
                guard terms.from == nil else { throw fault(.once("from"), at: word.startIndex) }
                terms.from = try takeDate(after: "from")
            } else if word.elementsEqual("until".utf8) {
                guard terms.until == nil else { throw fault(.once("until"), at: word.startIndex) }
                terms.until = try takeDate(after: "until")
            } else if word.elementsEqual("class".utf8) {
                guard terms.vehicle == nil else { throw fault(.once("class"), at: word.startIndex) }
                terms.vehicle = try takeClass()
            } else {
                throw fault(.term(typed: String(decoding: word, as: UTF8.self)), at: word.startIndex)
            }
            if let from = terms.from, let until = terms.until, until <= from {
                throw fault(.untilAfterFrom, at: word.startIndex)
            }
        }
        return terms
    }

    /// Everything before the first word that begins with a letter.
    private mutating func takeNumber(from start: Int) throws(AgreementsFault) -> TagNumber {
        let isPAN = try takePrefix()
        var digits = AgreementsDigits()
        while let word = nextWord, let first = word.first, !Self.isLetter(first) {
            for (place, byte) in zip(word.indices, word) where !digits.take(byte, padded: isPAN) {
                throw fault(.digits, at: place)
            }
            rest = rest[word.endIndex...]
        }
        guard digits.count + digits.padding > 0 else { throw fault(.number, at: start) }
        guard !digits.goesOnBehindPadding else { throw fault(.digits, at: start) }
        guard isPAN || digits.count == 10 || digits.count == 16,
            let tag = TagNumber(isPAN ? .pan : .printed, value: digits.value, digits: digits.count)
        else { throw fault(isPAN ? .panLength(digits.count) : .printedLength(digits.count), at: start) }
        guard !isPAN || digits.passesLuhn else { throw fault(.luhn, at: start) }
        return tag
    }

    /// Whether `pan:` stands before the number; what follows the colon stays a word.
    private mutating func takePrefix() throws(AgreementsFault) -> Bool {
        guard let word = nextWord, let colon = word.firstIndex(of: UInt8(ascii: ":")) else { return false }
        guard word[..<colon].elementsEqual("pan".utf8) else { throw fault(.system, at: word.startIndex) }
        rest = rest[(colon + 1)...]
        return true
    }

    /// Nil: the number is to be removed.
    private mutating func takeStanding() throws(AgreementsFault) -> Standing? {
        guard let word = takeWord() else {
            throw fault(.status(typed: "", mayRemove: rules.mayRemove), at: end)
        }
        for standing in Standing.allCases where word.elementsEqual(standing.rawValue.utf8) { return standing }
        if rules.mayRemove, word.elementsEqual(AgreementsFile.removal.utf8) { return nil }
        let typed = String(decoding: word, as: UTF8.self)
        throw fault(.status(typed: typed, mayRemove: rules.mayRemove), at: word.startIndex)
    }

    private mutating func takeDate(after keyword: String) throws(AgreementsFault) -> UTC {
        guard let word = takeWord() else { throw fault(.date(after: keyword), at: end) }
        do throws(CivilDate.Fault) {
            return try CivilDate.parse(word)
        } catch {
            switch error {
            case .shape: throw fault(.date(after: keyword), at: word.startIndex)
            case .day: throw fault(.day, at: word.startIndex)
            case .quarter: throw fault(.quarter, at: word.startIndex)
            }
        }
    }

    private mutating func takeClass() throws(AgreementsFault) -> AgreementListEntry.VehicleClass {
        guard let word = takeWord() else { throw fault(.vehicle(typed: ""), at: end) }
        for (known, value) in AgreementsFile.classes where word.elementsEqual(known.utf8) { return value }
        throw fault(.vehicle(typed: String(decoding: word, as: UTF8.self)), at: word.startIndex)
    }

    /// The word that comes next; it stays.
    private var nextWord: Word? {
        let word = rest.drop(while: Self.isBlank).prefix { !Self.isBlank($0) }
        return word.isEmpty ? nil : word
    }

    private mutating func takeWord() -> Word? {
        guard let word = nextWord else { return nil }
        rest = rest[word.endIndex...]
        return word
    }

    /// Behind the last character that is no comment or space.
    private var end: Int {
        let text = bytes.prefix { $0 != UInt8(ascii: "#") }
        return (text.lastIndex { !Self.isBlank($0) } ?? text.startIndex - 1) + 1
    }

    private func fault(_ expected: AgreementsFault.Expected, at place: Int) -> AgreementsFault {
        let before = bytes[bytes.startIndex..<min(place, bytes.endIndex)]
        let column = 1 + before.count { $0 & 0xC0 != 0x80 }
        return AgreementsFault(position: TextPosition(line: number, column: column), expected: expected)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    /// A to Z, and every letter beyond ASCII.
    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80 }

    /// Where the bytes stop being UTF-8; nil when they are.
    private static func firstInvalid(in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return nil }
        var decoder = UTF8()
        var place = bytes.startIndex
        var source = bytes.makeIterator()
        while true {
            switch decoder.decode(&source) {
            case .scalarValue(let scalar): place += UTF8.width(scalar)
            case .emptyInput: return nil
            case .error: return place
            }
        }
    }
}
