import Exchange
import Lane

/// `[issuer NAME]`: rows of the table of accepted issuers (AIT in AutoPASS).
package struct IssuerSection: Hashable, Sendable {
    package let name: String
    package var prefixes: [IssuerPrefix] = []
    package var isAccepted = true
    package var demandsLuhn = false

    /// EasyGo and AutoPASS together have a dozen issuers; a continent's have room.
    package static let most = 64
    package static let mostPrefixes = 16

    package static let table = SectionTable(
        "issuer", .named(most: most, example: "autopass"),
        """
        An issuer of tags, by how its numbers begin; the longest prefix decides. Without any such section the tags of every issuer are \
        accepted; with one, those of issuers that none of them names are not. It is asked before the list.
        """,
        keys: [
            ConfigurationKey(
                required: "prefix", \.prefixes, .list(of: .issuerPrefix, most: mostPrefixes),
                example: "pan:9578, printed:10",
                "How its numbers begin, with their system; a system without digits stands for all of its numbers."),
            ConfigurationKey(
                "accepted", \.isAccepted, .flag,
                "Whether its tags are accepted; a tag that is not comes to issuerNotAccepted, whatever a list says."),
            ConfigurationKey(
                "luhn", \.demandsLuhn, .flag,
                "Whether a number of it whose check digit (Luhn) is wrong is malformed."),
        ]
    ) { IssuerSection(name: $0) }

    /// The section as rows of the table.
    var rows: [AcceptedIssuers.Row] {
        prefixes.map { .init($0, name: name, isAccepted: isAccepted, demandsLuhn: demandsLuhn) }
    }
}

extension ValueType where Value == IssuerPrefix {
    /// `pan:9578`
    static var issuerPrefix: Self {
        let systems = KnownWords(TagNumber.System.allCases.map(IssuerPrefix.word(of:)))
        let expected =
            "SYSTEM:DIGITS with \(systems.words.joined(separator: ", ")) as system, and at most \(IssuerPrefix.mostDigits) digits"
        return ValueType(expected) { text throws(ValueError) in
            guard let prefix = IssuerPrefix(text: text) else {
                let system = String(text.prefix { $0 != ":" })
                let isKnown = systems.words.contains(system)
                throw ValueError("\(text.quoted) is no prefix", hint: isKnown ? "" : systems.hint(for: system))
            }
            return prefix
        } format: {
            $0.text
        }
    }
}
