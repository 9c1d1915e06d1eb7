import Sync

/// The room on the disk: what is shed, and in which order.
extension StationMachine {
    mutating func room(_ event: RoomWatch.Event, _ turn: inout StationTurn) {
        for action in roomWatch.handle(event, at: turn.now) {
            switch action {
            case .look, .makeReserve, .releaseReserve: turn.actions.append(.room(action))
            case .condition(let condition): take(condition, &turn)
            case .wake(let moment): wake(.own(.room), at: moment)
            }
        }
    }

    private mutating func take(_ condition: RoomWatch.Condition, _ turn: inout StationTurn) {
        let filling = condition.filling.map { "\($0.free) of \($0.total) bytes are left" }
        alarm(.diskFilling, on: "", filling != nil, because: filling ?? "", &turn)
        alarm(.reserveGone, on: "", condition.noReserve != nil, because: condition.noReserve ?? "", &turn)
    }
}
