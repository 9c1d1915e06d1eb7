import Lane

/// Everything that is counted of a run.
extension Verdict {
    mutating func count(_ delivery: DeliveryCheck) {
        countRecords(delivery)
        countVehicles()
        countTags()
        countJudged()
        countPhotos()
    }

    private mutating func countRecords(_ delivery: DeliveryCheck) {
        let records = observation.records.lazy.map(\.fields)
        let all = passages.count
        result.figures[.passages] = .init(all)
        result.figures[.delivered] = .init(delivery.delivered, of: all)
        result.figures[.outOfOrder] = .init(delivery.outOfOrder, of: observation.atCentral.count)
        result.figures[.strayReads] = .init(records.count { $0.type == "strayRead" })
        result.figures[.replayedReads] = .init(records.count { $0.type == "replayedRead" })
        result.figures[.gaps] = .init(records.count { $0.type == "gap" })
        result.figures[.alarms] = .init(records.count { $0.alarm != nil && $0.set == true })
        result.figures[.starts] = .init(records.count { $0.event == "start" })
        result.figures[.clockSteps] = .init(records.count { $0.event == "clockStep" })
        result.figures[.listsInForce] = .init(records.count { $0.event == "listInForce" })
        result.figures[.revised] = .init(passages.count { $0.fields.earlier != nil }, of: all)
        result.figures[.measured] = .init(passages.count { $0.fields.motion != nil }, of: all)
        result.figures[.wrongWay] = .init(passages.count { $0.fields.flags?.contains("wrongWay") ?? false })
    }

    private mutating func countVehicles() {
        let vehicles = result.vehicles
        let all = vehicles.count
        result.figures[.vehicles] = .init(all)
        result.figures[.vehiclesSeen] = .init(vehicles.count { $0.sight == .seen }, of: all)
        result.figures[.vehiclesMissed] = .init(vehicles.count { $0.passages.isEmpty }, of: all)
        result.figures[.vehiclesExcused] = .init(vehicles.count { $0.sight == .excused }, of: all)
        result.figures[.vehiclesDoubled] = .init(vehicles.count { $0.sight == .doubled }, of: all)
        result.figures[.vehiclesInvented] = .init(result.invented.count, of: passages.count)
    }

    private mutating func countTags() {
        let readable = result.vehicles.filter(\.hasReadableTag)
        let tagged = result.vehicles.count { !tags[$0.number].isEmpty }
        result.figures[.tagsRead] = .init(readable.count { $0.tag == .read }, of: readable.count)
        result.figures[.tagsUnreadable] = .init(result.vehicles.count { $0.tag == .unreadable }, of: tagged)
        result.figures[.tagsSwapped] = .init(result.vehicles.count { $0.wasGivenTagOf != nil }, of: tagged)
    }

    private mutating func countJudged() {
        // Who was not seen was not decided: neither rightly, nor too kindly or too strictly.
        let vehicles = result.vehicles
        func decisions(_ judged: VehicleVerdict.Judged) -> Figures.Count {
            .init(vehicles.count { $0.decision == judged }, of: vehicles.count)
        }
        func lights(_ judged: VehicleVerdict.Judged) -> Figures.Count {
            .init(vehicles.count { $0.light == judged }, of: vehicles.count)
        }
        result.figures[.decisionsRight] = decisions(.right)
        result.figures[.decisionsTooKind] = decisions(.tooKind)
        result.figures[.decisionsTooStrict] = decisions(.tooStrict)
        result.figures[.lightsRight] = lights(.right)
        result.figures[.lightsTooKind] = lights(.tooKind)
        result.figures[.lightsTooStrict] = lights(.tooStrict)
    }

    private mutating func countPhotos() {
        let taken = result.vehicles.reduce(0) { $0 + $1.photos.taken }
        let missing = result.vehicles.reduce(0) { $0 + $1.photos.missing }
        result.figures[.photosTaken] = .init(taken, of: taken + missing)
        result.figures[.photosMissing] = .init(missing, of: taken + missing)
        result.figures[.photosNotDue] = .init(result.vehicles.reduce(0) { $0 + $1.photos.notDue })
    }
}
