import Lane
import Station

/// One line of an agreements file, cut into words.
struct AgreementsLine {
    private typealias Word = ArraySlice<UInt8>

    private let bytes: ArraySlice<UInt8>
    private let number: Int
    private var words: ArraySlice<Word>

    init(_ bytes: ArraySlice<UInt8>, number: Int) throws(AgreementsFault) {
        self.bytes = bytes
        self.number = number
        let text = bytes.prefix { $0 != UInt8(ascii: "#") }
        words = text.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }[...]
        guard bytes.count <= AgreementsFile.longestLine else {
            throw fault(.shorterLine, at: bytes.startIndex + AgreementsFile.longestLine)
        }
        if let place = Self.firstInvalid(in: bytes) { throw fault(.utf8, at: place) }
    }

    /// The line's agreement; nil when it is empty or a comment.
    consuming func entry() throws(AgreementsFault) -> AgreementsFile.Entry? {
        guard !words.isEmpty else { return nil }
        let tag = try takeNumber()
        let standing = try takeStanding()
        var from: UTC?
        var until: UTC?
        while let word = words.popFirst() {
            guard standing != .denied else { throw fault(.noDates, at: word.startIndex) }
            switch String(decoding: word, as: UTF8.self) {
            case "from":
                guard from == nil else { throw fault(.once("from"), at: word.startIndex) }
                from = try takeDate(after: "from")
            case "until":
                guard until == nil else { throw fault(.once("until"), at: word.startIndex) }
                until = try takeDate(after: "until")
            case let other:
                throw fault(.fromOrUntil(typed: other), at: word.startIndex)
            }
            if let from, let until, until <= from { throw fault(.untilAfterFrom, at: word.startIndex) }
        }
        return AgreementsFile.Entry(number: tag, standing: standing, from: from, until: until, line: number)
    }

    /// Everything before the first word that begins with a letter.
    private mutating func takeNumber() throws(AgreementsFault) -> TagNumber {
        let start = words.first?.startIndex ?? bytes.startIndex
        var digits: [UInt8] = []
        let isPAN = try takePrefix()
        while let word = words.first, let first = word.first, !Self.isLetter(first) {
            words.removeFirst()
            if let wrong = word.firstIndex(where: { !(0x30...0x39).contains($0) && !(isPAN && $0 == UInt8(ascii: "F")) }
            ) {
                throw fault(.digits, at: wrong)
            }
            digits += word
        }
        guard !digits.isEmpty else { throw fault(.number, at: start) }
        let text = String(decoding: digits, as: UTF8.self)
        do throws(TagNumber.TextError) {
            return isPAN ? try TagNumber(pan: text) : try TagNumber(printed: text)
        } catch {
            switch error {
            case .character: throw fault(.digits, at: start)
            case .digitCount(let count): throw fault(isPAN ? .panLength(count) : .printedLength(count), at: start)
            case .luhn: throw fault(.luhn, at: start)
            }
        }
    }

    /// Whether `pan:` stands before the number; what follows the colon stays a word.
    private mutating func takePrefix() throws(AgreementsFault) -> Bool {
        guard let word = words.first, let colon = word.firstIndex(of: UInt8(ascii: ":")) else { return false }
        guard word[..<colon].elementsEqual("pan".utf8) else { throw fault(.system, at: word.startIndex) }
        words.removeFirst()
        let rest = word[(colon + 1)...]
        if !rest.isEmpty { words = ([rest] + words)[...] }
        return true
    }

    private mutating func takeStanding() throws(AgreementsFault) -> Standing {
        guard let word = words.popFirst() else { throw fault(.status(typed: ""), at: end) }
        let text = String(decoding: word, as: UTF8.self)
        guard let standing = Standing(rawValue: text) else {
            throw fault(.status(typed: text), at: word.startIndex)
        }
        return standing
    }

    private mutating func takeDate(after keyword: String) throws(AgreementsFault) -> UTC {
        guard let word = words.popFirst() else { throw fault(.date(after: keyword), at: end) }
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

    /// Behind the last character that is no comment or space.
    private var end: Int {
        let text = bytes.prefix { $0 != UInt8(ascii: "#") }
        return (text.lastIndex { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D } ?? text.startIndex - 1) + 1
    }

    private func fault(_ expected: AgreementsFault.Expected, at place: Int) -> AgreementsFault {
        let before = bytes[bytes.startIndex..<min(place, bytes.endIndex)]
        let column = 1 + before.count { $0 & 0xC0 != 0x80 }
        return AgreementsFault(position: TextPosition(line: number, column: column), expected: expected)
    }

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
