import Exchange
import Lane

/// The photos of one passage, in the order of their triggers.
struct PassagePhotos: Sendable {
    /// One photo, and how far it has come.
    struct Photo: Sendable {
        enum State: Hashable {
            /// Its camera is busy.
            case waiting
            case capturing
            case stored(PhotoFile)
            case missing(PhotoMissing)
            case discarded
        }

        let place: LaneCamera
        let trigger: Instant
        /// The how manieth of its camera in the passage, from 1.
        let number: Int
        var state: State

        var isAtItsEnd: Bool { result != nil }

        var result: PhotoResult? {
            let fate: PhotoResult.Fate
            switch state {
            case .waiting, .capturing: return nil
            case .stored(let file): fate = .stored(file.digest, bytes: file.bytes, at: file.at)
            case .missing(let reason): fate = .missing(reason)
            case .discarded: fate = .discarded
            }
            return PhotoResult(camera: place.camera, trigger: trigger, fate)
        }
    }

    let id: PassageID
    /// Nil while the passage has no record.
    var owner: PhotoFileName.Owner?
    var photos: [Photo] = []
    var isClosed = false
    private(set) var isSettled = false

    init(id: PassageID) { self.id = id }

    mutating func add(_ place: LaneCamera, _ trigger: Instant, _ state: Photo.State) {
        let number = photos.count { $0.place == place } + 1
        photos.append(Photo(place: place, trigger: trigger, number: number, state: state))
    }

    /// False also for a photo that was forgotten.
    func isCapturing(_ id: PhotoID) -> Bool {
        photos.indices.contains(id.index) && photos[id.index].state == .capturing
    }

    /// Throws away what there is and what is to come; gives the files that are there.
    mutating func discard() -> [PhotoFile] {
        var files: [PhotoFile] = []
        for index in photos.indices {
            switch photos[index].state {
            case .stored(let file):
                files.append(file)
                photos[index].state = .discarded
            case .waiting, .capturing: photos[index].state = .discarded
            case .missing, .discarded: break
            }
        }
        return files
    }

    /// The results, once: when the passage is closed and each photo has come to an end.
    mutating func settle() -> [PhotoResult]? {
        let results = photos.compactMap(\.result)
        guard isClosed, !isSettled, results.count == photos.count else { return nil }
        isSettled = true
        return results
    }
}
