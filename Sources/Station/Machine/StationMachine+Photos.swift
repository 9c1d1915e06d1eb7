import Camera
import Exchange
import Lane
import Sync

/// Cameras: which photos are taken, and what becomes of them.
extension StationMachine {
    mutating func photos(_ event: PhotoQueue.Event, _ turn: inout StationTurn) {
        for action in photos.handle(event, at: turn.now) {
            switch action {
            case .capture, .discard, .rename: turn.actions.append(.photos(action))
            case .settled(let id, let results): settle(id, results, &turn)
            case .camera(let place, let condition): take(condition, of: place, &turn)
            case .store(let condition): take(condition, &turn)
            case .wake(let moment): wake(.own(.photos), at: moment)
            }
        }
    }

    private mutating func settle(_ id: PassageID, _ results: [PhotoResult], _ turn: inout StationTurn) {
        let taken = results.count { if case .stored = $0.fate { true } else { false } }
        if taken > 0 { desk.statistics[id.lane].addPhotos(due: 0, taken: taken) }
        ledger(.photosSettled(id, results, stamp(at: turn.now)), &turn)
    }

    private mutating func take(_ condition: CameraCondition, of place: LaneCamera, _ turn: inout StationTurn) {
        let name = configuration.cameras.first { $0.section.lane == place.lane && $0.number == place.camera }?.section
            .name
        let subject = name ?? "camera\(place.camera.number)"
        switch condition {
        case .well: alarm(.cameraFaulty, on: subject, false, &turn)
        case .faulty(let reason): alarm(.cameraFaulty, on: subject, true, because: reason.rawValue, &turn)
        }
    }

    private mutating func take(_ condition: StoreCondition, _ turn: inout StationTurn) {
        switch condition {
        case .hasRoom: alarm(.photoStoreFull, on: "", false, &turn)
        case .holdsMostBytes, .holdsMostFiles, .leftToJournal, .diskFull, .failed:
            alarm(.photoStoreFull, on: "", true, because: condition.words, &turn)
        }
    }

    /// A store that was full is looked at again: the next photo may be hours away.
    mutating func lookAtPhotos(_ turn: inout StationTurn) {
        if desk.alarms.isSet(.photoStoreFull, on: "") { turn.actions.append(.lookAtPhotos) }
    }
}
