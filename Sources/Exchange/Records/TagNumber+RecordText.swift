import Lane

extension TagNumber {
    /// The number in clear as records have it, `pan:…`, `printed:…`, `agency:…` or `ata:…`; never for a log.
    package var recordText: String { "\(Self.recordWord(of: system)):\(clear)" }

    /// As far as everybody may know it, `printed:10-digits`: numbers are personal data.
    package var redactedText: String { "\(Self.recordWord(of: system)):\(characters.count)-digits" }

    /// The number that a record's text stands for; nil when it is none.
    package init?(recordText text: some StringProtocol) {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let characters = Array(text.utf8[text.utf8.index(after: colon)...])
        let word = String(text[..<colon])
        guard let system = System.allCases.first(where: { "\(Self.recordWord(of: $0))" == word }) else { return nil }
        let number = system == .ata ? TagNumber(ata: characters) : TagNumber(system, digits: characters)
        guard let number else { return nil }
        self = number
    }

    /// What records call a number system.
    static func recordWord(of system: System) -> StaticString {
        switch system {
        case .pan: "pan"
        case .printed: "printed"
        case .agencySerial: "agency"
        case .ata: "ata"
        }
    }
}
