/// A read that no vehicle has taken yet.
struct WaitingRead {
    var read: Passage.Read
    /// The vehicle that could have carried it beside its own tag: it is its second tag unless the next vehicle needs it.
    var contestedBy: PassageID?
    /// The vehicle that could have carried it stood over the detector for so long that the next one was held up.
    var isHeldUp = false
    /// The next vehicle, while it may still bring its own tag.
    var heldFor: PassageID?
    /// It was heard behind a vehicle that still stands over the detector although its passage was closed.
    var isBehindStanding = false
    /// There is no detector: it opens a passage when it is known to be this lane's.
    var opensPassage = false
    /// When no vehicle that could have carried it can come any more.
    var expires: Instant
}
