import Lane

/// The body of every answer of central that is not a success.
package struct Refusal: Message {
    /// What is wrong.
    package enum Kind: String, Codable, Hashable, Sendable {
        /// 409: a record does not follow what central has; `expected` is the sequence it waits for.
        case gap
        /// 409: a record's digest does not chain to the one before, or central has another record of that sequence.
        case chain
        /// 400: not what the interface describes.
        case malformed
        /// 413: more records or bytes than central takes at once.
        case tooLarge
        /// 404: no such station, journal, list or path.
        case notFound
        /// 404: the passage of this photo has not come yet; send the photo later.
        case notYet
        /// 409: this photo is here already, with another digest.
        case otherDigest
        /// 401: the central server asks for the station's certificate, and none of its own was shown.
        case notEnrolled
        /// 403: the certificate or the code is not good for this, as the message says.
        case notAllowed
        /// 429: too many tries; `Retry-After` says when.
        case tooMany
        /// 503: not now; `Retry-After` says when.
        case unavailable
    }

    package var error: Kind
    package var expected: Sequence?
    /// For people; no tag or plate number.
    package var message: String

    package init(_ error: Kind, expected: Sequence? = nil, message: String) {
        self.error = error
        self.expected = expected
        self.message = message
    }
}
