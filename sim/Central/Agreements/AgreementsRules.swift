import Exchange
import Lane

/// What a file of agreements is held against beyond its form.
package struct AgreementsRules: Hashable, Sendable {
    /// The issuers for which the list speaks; nil: for everybody's numbers.
    package var issuers: [IssuerPrefix]?
    /// Issuers whose printed numbers end with a Luhn check digit. All PANs do.
    package var luhn: [IssuerPrefix]
    /// Whether a line may say that a number is removed: in a file of changes.
    package var mayRemove = false

    package init(issuers: [IssuerPrefix]? = nil, luhn: [IssuerPrefix] = []) {
        self.issuers = issuers
        self.luhn = luhn
    }

    /// What was expected instead of this number; nil when an agreement may stand with it.
    func objection(to tag: TagNumber) -> AgreementsFault.Expected? {
        if let issuers, !issuers.isEmpty, !issuers.contains(where: { $0.matches(tag) }) { return .issuer }
        guard tag.system != .pan, luhn.contains(where: { $0.matches(tag) }) else { return nil }
        return TagNumber.passesLuhn(tag.characters) ? nil : .printedLuhn
    }
}
