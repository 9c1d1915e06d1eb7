import Camera
import Lane
import Sync

extension PhotoFileName {
    /// The file of a photo that a journal knows.
    package init(_ journal: JournalID, _ name: PhotoName) {
        self.init(.record(journal, name.sequence), camera: name.camera, number: name.number)
    }
}
