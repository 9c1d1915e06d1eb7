/// One tag's outcome, and the list that it was judged by.
package struct Judgement: Hashable, Sendable {
    package let outcome: Outcome
    /// The list in force; nil when there was no usable one.
    package let list: ListVersion?

    package init(_ outcome: Outcome, by list: ListVersion?) {
        self.outcome = outcome
        self.list = list
    }

    /// The decision table's checks from the number's own on, the first that fails decides.
    ///
    /// - Parameter utc: the civil time, or nil while the clock is not good: then dates are not enforced.
    package init(of answer: ListAnswer, at utc: UTC?) {
        switch answer {
        case .noList: self.init(.unjudged, by: nil)
        case .malformed(let list): self.init(.malformed, by: list)
        case .issuerNotAccepted(let list): self.init(.issuerNotAccepted, by: list)
        case .denied(let list): self.init(.denied, by: list)
        case .absent(let list): self.init(.notOnList, by: list)
        case .entry(let agreement, let list): self.init(Self.outcome(of: agreement, at: utc), by: list)
        }
    }

    private static func outcome(of agreement: Agreement, at utc: UTC?) -> Outcome {
        if let utc, let end = agreement.validUntil, utc >= end { return .expired }
        if let utc, let start = agreement.validFrom, utc < start { return .notYetValid }
        return switch agreement.status {
        case .approved: .approved
        case .noticePrepaidLow: .noticePrepaidLow
        case .noticeOverdue: .noticeOverdue
        case .blocked: .blocked
        }
    }
}
