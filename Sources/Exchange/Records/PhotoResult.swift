import Lane

/// What became of one photo of a passage.
package struct PhotoResult: Hashable, Sendable {
    /// The end of the matter, for good.
    package enum Fate: Hashable, Sendable {
        /// Durable on our disk: digest and size of the file, and when the image was taken.
        case stored(Digest, bytes: Int, at: Instant)
        case missing(PhotoMissing)
        /// Taken and thrown away: the passage turned out approved.
        case discarded
    }

    package let camera: CameraNumber
    /// When the camera was to fire.
    package let trigger: Instant
    package let fate: Fate

    package init(camera: CameraNumber, trigger: Instant, _ fate: Fate) {
        self.camera = camera
        self.trigger = trigger
        self.fate = fate
    }
}

/// Why a photo is missing; the raw value is the word in records.
package enum PhotoMissing: String, CaseIterable, Hashable, Sendable {
    /// No connection, or no answer in time.
    case cameraSilent
    /// The camera answered with an error.
    case cameraRefused
    /// The camera's answer is not an image.
    case notAnImage
    /// The camera's answer is longer than an image may be.
    case tooLarge
    /// More photos were waiting than the queue holds.
    case queueFull
    /// The store of photos is full, or new photos are being shed.
    case storeFull
    /// The disk failed.
    case diskFailed
    /// The station stopped or crashed before the photo was stored.
    case interrupted
    /// The record was made before the photo had come to an end.
    case unsettled
}
