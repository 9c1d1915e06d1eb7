import Lane
import TagReader

extension ValueType where Value == ReaderSection.Antenna {
    /// `0:1`: port 0 hangs over lane 1.
    static var antenna: Self {
        ValueType("PORT:LANE with a port from 0 to 15") { text throws(ValueError) in
            let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else { throw ValueError("\(text.quoted) is no PORT:LANE") }
            let port = try ValueType<Int>.count(0...15).parse(parts[0])
            return ReaderSection.Antenna(port: UInt8(port), lane: try ValueType<LaneNumber>.lane.parse(parts[1]))
        } format: {
            "\($0.port):\($0.lane.number)"
        }
    }
}

extension ValueType where Value == TagText {
    /// `printed10or16`, `ata`, or `agencySerial` with the count of digits and a prefix.
    static var tagText: Self {
        ValueType("printed10or16, ata, agencySerial DIGITS or agencySerial DIGITS PREFIX") { text throws(ValueError) in
            let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
            switch (words.first, words.count) {
            case ("printed10or16", 1): return .printed10or16
            case ("ata", 1): return .ata
            case ("agencySerial", 2...3):
                let digits = try ValueType<Int>.count(1...18).parse(words[1])
                let prefix = words.count == 3 ? words[2] : ""
                guard prefix.utf8.count + digits <= 20 else { throw ValueError("a tag's text has 20 characters") }
                return .agencySerial(prefix: prefix, digits: digits)
            default:
                let known = KnownWords(["printed10or16", "ata", "agencySerial"])
                throw ValueError("\(text.quoted) is no rule", hint: known.hint(for: words.first ?? ""))
            }
        } format: {
            switch $0 {
            case .printed10or16: "printed10or16"
            case .ata: "ata"
            case .agencySerial(let prefix, let digits):
                prefix.isEmpty ? "agencySerial \(digits)" : "agencySerial \(digits) \(prefix)"
            }
        }
    }
}

extension ValueType where Value == ReaderSettings.Uniqueness {
    /// A word, or the model's own command.
    static var uniqueness: Self {
        let words = ValueType.choice([("asFound", .asFound), ("once", .once), ("everyRead", .everyRead)])
        return ValueType("\(words.expected), or the model's command such as 41") { text throws(ValueError) in
            guard text.first?.isNumber == true else { return try words.parse(text) }
            return .command(try ValueType<String>.command.parse(text))
        } format: {
            if case .command(let command) = $0 { command } else { words.format($0) }
        }
    }
}

extension ValueType where Value == String {
    /// A set-up command of a reader, without `#` and CRC.
    static var command: Self {
        ValueType("a command of 1 to 72 hex digits") { text throws(ValueError) in
            if let refusal = ReaderSettings.refusal(of: text) { throw ValueError("\(text.quoted): \(refusal)") }
            return text
        } format: {
            $0
        }
    }
}
