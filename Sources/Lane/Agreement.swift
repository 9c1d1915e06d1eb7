/// What an agreement list says of one tag.
package struct Agreement: Hashable, Sendable {
    /// The agreement's standing. Exempt vehicles are `approved` like any: a station never shows why (tolling facts §5).
    package enum Status: UInt8, CaseIterable, Sendable {
        case approved = 1
        /// Prepaid, and little is left (about 25 %, S2 2.5).
        case noticePrepaidLow = 2
        /// Postpaid past its due date, or direct debit sent (S2 5, Bergen).
        case noticeOverdue = 3
        /// Blocked by its issuer: unpaid at the due date (S4), stolen or lost (S1).
        case blocked = 4
    }

    package let status: Status
    /// The first moment at which the agreement holds; nil: always has.
    package let validFrom: UTC?
    /// The first moment at which it no longer holds; nil: no end.
    package let validUntil: UTC?

    package init(_ status: Status, validFrom: UTC? = nil, validUntil: UTC? = nil) {
        self.status = status
        self.validFrom = validFrom
        self.validUntil = validUntil
    }
}

/// What the table of accepted issuers and the list in force answer for one tag.
package enum ListAnswer: Hashable, Sendable {
    /// There is no usable list.
    case noList
    /// Its check digit is wrong, and its issuer demands it. The list was not asked; it is the one in force, if any.
    case malformed(ListVersion?)
    /// The tag's issuer is not accepted at this station (`AIT`), whatever list is in force, if any; or it is none of those for which
    /// the list speaks.
    case issuerNotAccepted(ListVersion?)
    /// A denial list names the tag. A denial beats an approval, whatever else stands there (I5).
    case denied(ListVersion)
    /// No list names the tag: not approved.
    case absent(ListVersion)
    case entry(Agreement, ListVersion)
}
