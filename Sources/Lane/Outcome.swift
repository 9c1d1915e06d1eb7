/// What a passage comes to: the rows of the decision table (tolling facts §2).
package enum Outcome: UInt8, CaseIterable, Sendable {
    case approved
    case noticePrepaidLow
    case noticeOverdue
    case blocked
    case denied
    case expired
    case notYetValid
    case notOnList
    case issuerNotAccepted
    case malformed
    case authenticationFailed
    /// A tag was there and could not be read.
    case unreadable
    /// No tag was heard at all.
    case noTag
    /// A tag was read, and there is no usable list to judge it by.
    case unjudged
    /// The reader is silent or faulty: nobody can say whether there was a tag.
    case readerDown

    /// `ResultOp` of ISO 14906 / 17573-3; nil where there was no transaction.
    package var resultOp: UInt8? {
        switch self {
        case .approved, .noticePrepaidLow, .noticeOverdue: 0
        case .blocked: 20
        case .denied: 4
        case .expired: 6
        case .notYetValid: 7
        case .notOnList, .issuerNotAccepted: 3
        case .malformed: 5
        case .authenticationFailed: 17
        case .unreadable, .noTag, .unjudged, .readerDown: nil
        }
    }

    /// `ResultFin` of ISO 14906 / 17573-3; nil where there was no transaction.
    package var resultFin: UInt8? {
        switch self {
        case .approved, .noticeOverdue: 0x00
        case .noticePrepaidLow: 0x01
        case .blocked: 0x40
        case .denied, .expired, .notYetValid, .notOnList, .issuerNotAccepted, .malformed, .authenticationFailed: 0x30
        case .unreadable, .noTag, .unjudged, .readerDown: nil
        }
    }

    /// Whether the vehicle may pass on this: no photo of it is kept.
    package var isApproval: Bool {
        switch self {
        case .approved, .noticePrepaidLow, .noticeOverdue: true
        case .blocked, .denied, .expired, .notYetValid, .notOnList, .issuerNotAccepted, .malformed,
            .authenticationFailed, .unreadable, .noTag, .unjudged, .readerDown:
            false
        }
    }

    /// Whether a photo is due. *Unjudged* is the operator's policy; by default it is not photographed.
    package func photoIsDue(unjudged policy: Bool = false) -> Bool {
        self == .unjudged ? policy : !isApproval
    }
}
