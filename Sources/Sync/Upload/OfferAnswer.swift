import Exchange
import Lane

/// What came of asking central for a list.
package enum OfferAnswer: Hashable, Sendable {
    case offer(ListOffer)
    /// The version that we named is the newest.
    case notModified
    /// Central understood, and has no such list; or what it offers cannot be.
    case refused(String)
    /// No answer, a 5xx, rubbish, or too many lists are being fetched: ask again, not before `notBefore` has passed where central has said so.
    case later(String, notBefore: Interval?)
}

/// What came of fetching a piece of a list's file.
package enum PieceAnswer: Hashable, Sendable {
    /// So many bytes of the file are here now, more than before; all of them when it is the offer's `bytes`.
    case fetched(position: Int)
    /// It cannot be gone on with: the file is no longer kept, or what came was no piece of it. Nothing of it is here any more; ask for an offer
    /// again. A server that never gives the right piece would be asked for ever: with a pause that grows.
    case beginAnew(String)
    /// What has come is kept; the same again, not before `notBefore` has passed where central has said so.
    case later(String, notBefore: Interval?)
}
