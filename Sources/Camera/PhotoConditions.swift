import Exchange

/// Whether a camera takes photos, for alarms.
package enum CameraCondition: Hashable, Sendable {
    case well
    /// It has failed several times in a row, the last time so.
    case faulty(PhotoMissing)
}

/// Judges cameras and store by what became of the last photos.
struct PhotoConditions: Sendable {
    private let faultyAfter: Int
    /// Failures in a row, counted up to `faultyAfter`.
    private var failures: [LaneCamera: Int] = [:]
    private var store = StoreCondition.hasRoom

    init(faultyAfter: Int) { self.faultyAfter = faultyAfter }

    /// A photo came through: its camera and the store are well.
    mutating func captured(by place: LaneCamera) -> [PhotoQueue.Action] {
        recovered(place) + change(.hasRoom)
    }

    /// A photo was not taken or not kept.
    mutating func failed(
        _ place: LaneCamera, _ reason: PhotoMissing, _ store: StoreCondition?
    ) -> [PhotoQueue.Action] {
        switch reason {
        case .cameraSilent, .cameraRefused, .notAnImage, .tooLarge:
            let count = failures[place, default: 0] + 1
            failures[place] = min(count, faultyAfter)
            return count == faultyAfter ? [.camera(place, .faulty(reason))] : []
        // The camera did its part.
        case .storeFull, .diskFailed: return recovered(place) + (store.map { change($0) } ?? [])
        case .queueFull, .interrupted, .unsettled: return []
        }
    }

    private mutating func recovered(_ place: LaneCamera) -> [PhotoQueue.Action] {
        let wasFaulty = failures[place, default: 0] >= faultyAfter
        failures[place] = 0
        return wasFaulty ? [.camera(place, .well)] : []
    }

    /// How the store stands has been seen.
    mutating func change(_ condition: StoreCondition) -> [PhotoQueue.Action] {
        guard condition != store else { return [] }
        store = condition
        return [.store(condition)]
    }
}
