import Exchange
import Lane

/// What came of asking central for its position, or of sending it records. `ours` is the digest that our journal has at the
/// position that central names; nil when we do not have that record.
package enum UploadAnswer: Hashable, Sendable {
    case position(PositionAnswer, ours: Digest?)
    case batch(BatchAnswer, ours: Digest?)
    /// Central understood and will not take it as it is.
    case refused(Refusal)
    /// No answer, a 5xx, a redirect, rubbish: it means nothing, and the same is tried again. Not before `notBefore` has passed,
    /// where central has said so.
    case later(String, notBefore: Interval?)
    /// We could not read what was to be sent.
    case unreadable(String)
    /// What was to be sent is damaged: from this record on, or nil: the file.
    case damaged(at: Sequence?, String)
}

/// What became of one photo.
package enum PhotoAnswer: Hashable, Sendable {
    /// Central has it durably.
    case sent(PhotoName)
    /// Nothing more is waiting.
    case none
    /// Central will never take it, or its file is gone.
    case refused(PhotoName, reason: String)
    /// Its passage is not at central: central went back, and gets it again.
    case notYet(PhotoName)
    case later(String, notBefore: Interval?)
}

/// How delivery goes, for `status` and the alarms.
package enum DeliveryCondition: Hashable, Sendable {
    /// Central takes what we send, or nothing is left to send.
    case delivering
    /// Central does not answer, or not like central.
    case unreachable(String)
    /// Central does not take what we send, or wants what we no longer have.
    case refused(String)
    /// The next of our own records cannot be read: a person has to look.
    case cannotRead(String)
}
