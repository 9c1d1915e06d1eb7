import Exchange
import Lane

/// Which photo, while the program runs: the passage, and the place among its triggers from 0.
package struct PhotoID: Hashable, Sendable {
    package let passage: PassageID
    package let index: Int

    package init(passage: PassageID, index: Int) {
        self.passage = passage
        self.index = index
    }
}

/// A photo that is to be taken now.
package struct PhotoJob: Hashable, Sendable {
    package let id: PhotoID
    package let place: LaneCamera
    /// When the camera was to fire.
    package let trigger: Instant
    package let name: PhotoFileName

    package init(id: PhotoID, place: LaneCamera, trigger: Instant, name: PhotoFileName) {
        self.id = id
        self.place = place
        self.trigger = trigger
        self.name = name
    }
}

/// A photo on our disk.
package struct PhotoFile: Hashable, Sendable {
    package let name: PhotoFileName
    package let digest: Digest
    package let bytes: Int
    /// When its first byte came: the image was made between the trigger and this.
    package let at: Instant

    package init(name: PhotoFileName, digest: Digest, bytes: Int, at: Instant) {
        self.name = name
        self.digest = digest
        self.bytes = bytes
        self.at = at
    }

    func renamed(_ name: PhotoFileName) -> PhotoFile {
        PhotoFile(name: name, digest: digest, bytes: bytes, at: at)
    }
}
