extension ListUpdater.Event {
    /// What central answered to a question.
    package init(_ answer: OfferAnswer) {
        self =
            switch answer {
            case .offer(let offer): .offered(offer)
            case .notModified: .newest
            case .refused(let reason): .noOffer(reason)
            case .later(let reason, let notBefore): .later(reason, notBefore: notBefore)
            }
    }

    /// What came of a piece.
    package init(_ answer: PieceAnswer) {
        self =
            switch answer {
            case .fetched(let position): .piece(upTo: position)
            case .beginAnew(let reason): .changed(reason)
            case .later(let reason, let notBefore): .later(reason, notBefore: notBefore)
            }
    }
}
