import Lane

/// Which photo: the passage's sequence, the camera's name, and the how manieth photo of that camera in that passage, from 1.
package struct PhotoName: Hashable, Comparable, Sendable {
    package let sequence: Sequence
    package let camera: String
    package let number: Int

    package init(sequence: Sequence, camera: String, number: Int) {
        self.sequence = sequence
        self.camera = camera
        self.number = number
    }

    package static func < (a: PhotoName, b: PhotoName) -> Bool {
        (a.sequence, a.camera, a.number) < (b.sequence, b.camera, b.number)
    }
}
