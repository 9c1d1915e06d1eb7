/// The words by which records, light profiles, configuration and people name an outcome.
extension Outcome {
    /// The outcome's word: the name of its case, fixed for ever because sealed records carry it.
    package var word: String {
        switch self {
        case .approved: "approved"
        case .noticePrepaidLow: "noticePrepaidLow"
        case .noticeOverdue: "noticeOverdue"
        case .blocked: "blocked"
        case .denied: "denied"
        case .expired: "expired"
        case .notYetValid: "notYetValid"
        case .notOnList: "notOnList"
        case .issuerNotAccepted: "issuerNotAccepted"
        case .malformed: "malformed"
        case .authenticationFailed: "authenticationFailed"
        case .unreadable: "unreadable"
        case .noTag: "noTag"
        case .unjudged: "unjudged"
        case .readerDown: "readerDown"
        }
    }

    /// The outcome that a word names; nil when no outcome has it.
    package init?(word: some StringProtocol) {
        guard let outcome = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = outcome
    }
}
