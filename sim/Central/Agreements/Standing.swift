import Lane

/// How an agreement stands, in the words of the agreements file.
package enum Standing: String, CaseIterable, Hashable, Sendable {
    case approved
    /// Pays nothing. Published as approved: a station never shows why (tolling facts §5).
    case exempt
    /// Prepaid, and about a quarter of it is left.
    case prepaidLow = "prepaid-low"
    /// Postpaid past its due date, or direct debit sent.
    case overdue
    /// Blocked by its issuer: unpaid, stolen or lost.
    case blocked
    /// On the denial list, which beats any approval.
    case denied

    /// What a station's list says of it; nil for a denial, which is no agreement.
    package var status: Agreement.Status? {
        switch self {
        case .approved, .exempt: .approved
        case .prepaidLow: .noticePrepaidLow
        case .overdue: .noticeOverdue
        case .blocked: .blocked
        case .denied: nil
        }
    }
}
