import Lane
import Lights
import Station

extension Scenario.Assembly {
    /// A vehicle with its tags and what is expected of it.
    mutating func vehicle(_ section: ReadSection<VehicleSection>, _ agreements: [AgreementSpec]) -> Vehicle {
        let value = section.value
        var vehicle = Vehicle(name: section.name, place: place(section.at))
        (vehicle.at, vehicle.plate, vehicle.shows) = (value.at, value.plate, value.shows)
        let kind = kind(of: section)
        vehicle.shape = kind.shape
        vehicle.drive = drive(section, speed: value.speed ?? kind.speed ?? .kilometresPerHour(60))
        let own = tag(value.tag, in: section, "tag", agreements)
        let second = tag(value.second, in: section, "second", agreements)
        vehicle.tags = [
            own.map { scripted($0, value.mounting, from: value.heard, value) },
            second.map { scripted($0, value.secondMounting, from: value.secondHeard ?? value.heard, value) },
        ].compactMap(\.self)
        checkScript(section)
        vehicle.expected = expected(section)
        return vehicle
    }

    private func scripted(
        _ tag: TagSpec, _ mounting: TagSpec.Mounting, from first: Interval?, _ value: VehicleSection
    ) -> TagSpec {
        var tag = tag
        tag.mounting = mounting
        guard value.heard != nil, let first else { return tag }
        var script = TagSpec.Script(first: first)
        (script.reads, script.every, script.isDamaged) = (value.reads, value.readEvery, value.isDamaged)
        tag.script = script
        return tag
    }

    /// Keys that say how a tag is read need `heard`, and a tag.
    private mutating func checkScript(_ section: ReadSection<VehicleSection>) {
        for key in ["reads", "readEvery", "damaged", "secondHeard"]
        where section.says(key) && section.value.heard == nil {
            errors.add(at: section.place(of: key), "\(section.heading) \(key): only together with heard")
        }
        for key in ["heard", "mounting"] where section.says(key) && section.value.tag == nil && !section.says("second")
        {
            guard !section.places.keys.contains("tag") else { continue }
            errors.add(at: section.place(of: key), "\(section.heading) \(key): the vehicle has no tag; say tag = …")
        }
        if section.says("secondMounting"), section.value.second == nil {
            errors.add(
                at: section.place(of: "secondMounting"),
                "\(section.heading) secondMounting: the vehicle has no second tag; say second = …")
        }
    }

    private mutating func kind(of section: ReadSection<VehicleSection>) -> (shape: VehicleShape, speed: Speed?) {
        let name = section.value.kind
        if let own = sections.kinds.first(where: { $0.name == name }) {
            return (own.value.shape ?? .car, own.value.speed)
        }
        if let known = VehicleShape.kinds.first(where: { $0.word == name }) { return (known.shape, nil) }
        check(
            name, is: "kind", of: VehicleShape.kinds.map(\.word) + sections.kinds.map(\.name), in: section, "kind")
        return (.car, nil)
    }

    private mutating func drive(_ section: ReadSection<VehicleSection>, speed: Speed) -> Drive {
        let value = section.value
        var drive = Drive()
        (drive.lane, drive.speed, drive.halts) = (value.lane, speed, value.halts ?? [])
        (drive.straddles, drive.isWrongWay) = (value.straddles, value.isWrongWay)
        drive.changesLane = value.changesLane.map { ($0.lane, $0.at) }
        check(value.lane, in: section, "lane")
        if let other = value.straddles { checkNeighbour(other, section, "straddles") }
        if let change = value.changesLane { checkNeighbour(change.lane, section, "changesLane") }
        let positions = drive.halts.map(\.at)
        let isInOrder = zip(positions, positions.dropFirst()).allSatisfy { value.isWrongWay ? $0 > $1 : $0 < $1 }
        if !isInOrder {
            errors.add(
                at: section.place(of: "halts"),
                "\(section.heading) halts: not in the order in which the vehicle comes to them")
        }
        return drive
    }

    private mutating func checkNeighbour(_ lane: LaneNumber, _ section: ReadSection<VehicleSection>, _ key: String) {
        check(lane, in: section, key)
        let own = section.value.lane.number
        guard lane.number.advanced(by: 1) != own, own.advanced(by: 1) != lane.number else { return }
        errors.add(
            at: section.place(of: key), "\(section.heading) \(key): lane \(lane.number) does not lie beside lane \(own)"
        )
    }

    /// What traffic names exists, and it is no more than a run can bear.
    mutating func checkTraffic() {
        var total: Int64 = 0
        for section in sections.traffic {
            let traffic = section.value.traffic
            check(traffic.lane, in: section, "lane")
            if traffic.until <= traffic.from {
                errors.add(at: section.place(of: "until"), "\(section.heading) until: not after from")
                continue
            }
            let most = Int64(traffic.curve.max() ?? traffic.perHour)
            total += most * ((traffic.until - traffic.from).nanoseconds / Interval.minutes(1).nanoseconds) / 60
            guard total > Int64(RoadPlan.mostVehicles) else { continue }
            errors.add(
                at: section.at,
                "\(section.heading): more than \(RoadPlan.mostVehicles) vehicles in one scenario; lanesim year drives more"
            )
            return
        }
    }
}
