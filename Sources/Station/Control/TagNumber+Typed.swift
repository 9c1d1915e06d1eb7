import Exchange
import Lane

extension TagNumber {
    /// Why what somebody typed is no tag number; without the number.
    struct Mistyped: Error, Hashable, CustomStringConvertible {
        let description: String
    }

    /// A number as people type it: as it is printed on the tag, or `pan:`, `agency:` or `ata:` and the number.
    init(typed text: String) throws(Mistyped) {
        if text.hasPrefix("agency:") || text.hasPrefix("ata:") {
            guard let tag = TagNumber(recordText: text) else {
                throw Mistyped(
                    description:
                        "not a tag number: expected 1 to 18 digits after agency:, 1 to 10 letters or digits after ata:")
            }
            self = tag
            return
        }
        do throws(TextError) {
            self = text.hasPrefix("pan:") ? try TagNumber(pan: text.dropFirst(4)) : try TagNumber(printed: text)
        } catch {
            let reason =
                switch error {
                case .character: "it has a character that is no digit"
                case .digitCount(let count): "it has \(count) digits; a printed number has 10 or 16, a PAN at most 19"
                case .luhn: "its check digit (Luhn) is wrong"
                }
            throw Mistyped(description: "not a tag number: \(reason)")
        }
    }
}
