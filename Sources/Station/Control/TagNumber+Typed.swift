import Lane

extension TagNumber {
    /// Why what somebody typed is no tag number; without the number.
    struct Mistyped: Error, Hashable, CustomStringConvertible {
        let description: String
    }

    /// A number as people type it: as it is printed on the tag, or `pan:` and its digits.
    init(typed text: String) throws(Mistyped) {
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
