import Lane
import Station

/// A vehicle before its tags have been heard, with where it comes from.
struct RoadDraft {
    var vehicle: RoadVehicle
    let tags: [TagSpec]
    let place: SourcePlace
    var course: Course { vehicle.course }

    private init(
        name: String, _ drive: Drive, _ course: Course, _ site: RoadSite, tags: [TagSpec], place: SourcePlace
    ) {
        self.tags = tags
        self.place = place
        let lane = course.lanes(at: course.way(site.anchor(drive.lane)))[0]
        let detector = course.occupies(site.anchor(lane))
        vehicle = RoadVehicle(
            number: 0, name: name, lane: lane, at: detector.lowerBound, leaves: detector.upperBound,
            speed: drive.speed, length: course.shape.length)
        vehicle.course = course
        vehicle.isWrongWay = drive.isWrongWay
        vehicle.alsoIn = course.everIn.first { $0 != lane && site.notices(course, in: $0) }
    }

    /// The vehicles that the scenario names, in the order of the file.
    static func scripted(_ scenario: Scenario, _ site: RoadSite) throws(RoadError) -> [RoadDraft] {
        var drafts: [RoadDraft] = []
        for (number, vehicle) in scenario.vehicles.enumerated() {
            let drive = vehicle.drive
            for lane in [drive.lane, drive.straddles, drive.changesLane?.to].compactMap({ $0 }) {
                guard site.geometry(lane) != nil else {
                    throw RoadError(vehicle.place, .noSuchLane("vehicle \(vehicle.name)", lane))
                }
            }
            let course = Course(drive, vehicle.shape, through: site.anchor(drive.lane), at: vehicle.at)
            var draft = RoadDraft(
                name: vehicle.name, drive, course, site, tags: vehicle.tags, place: vehicle.place)
            draft.vehicle.scripted = number
            draft.vehicle.plate = vehicle.plate
            drafts.append(draft)
        }
        return drafts
    }

    /// No two of them are in one place.
    static func keepApart(_ drafts: [RoadDraft], _ scenario: Scenario, _ site: RoadSite) throws(RoadError) {
        let presences = drafts.map { $0.course.presence(in: site.stretch) }
        let order = drafts.indices.sorted { (presences[$0].lowerBound, $0) < (presences[$1].lowerBound, $1) }
        var present: [Int] = []
        for place in order {
            present.removeAll { presences[$0].upperBound < presences[place].lowerBound }
            for other in present {
                guard let met = Collision.between(drafts[other].course, drafts[place].course, in: site.stretch) else {
                    continue
                }
                let (first, second) = (drafts[min(place, other)], drafts[max(place, other)])
                let cause = RoadError.Cause.twoInOnePlace(
                    second.vehicle.name, first.vehicle.name, lane: met.lane, at: met.at, moment: met.moment)
                throw RoadError(second.place, cause)
            }
            present.append(place)
        }
    }

    /// The vehicles of all traffic, and the agreements of their tags.
    static func traffic(
        _ scenario: Scenario, _ site: RoadSite, scripted: [Course], seed: UInt64, most: Int
    ) throws(RoadError) -> (drafts: [RoadDraft], agreements: [AgreementSpec]) {
        for traffic in scenario.traffic where site.geometry(traffic.lane) == nil {
            throw RoadError(traffic.place, .noSuchLane("traffic \(traffic.name)", traffic.lane))
        }
        let taken = scenario.agreements.map(\.text) + scenario.vehicles.flatMap { $0.tags.map(\.text) }
        let rule = scenario.site.configuration.readers.first?.settings.tagText ?? .printed10or16
        var texts = TagTexts(rule, without: Set(taken))
        var flow = TrafficFlow(scenario, site, scripted: scripted, seed: seed)
        var drafts: [RoadDraft] = []
        var agreements: [AgreementSpec] = []
        while let vehicle = flow.next() {
            let place = vehicle.traffic.place
            guard drafts.count < most else { throw RoadError(place, .tooManyVehicles(most: most)) }
            var tags: [TagSpec] = []
            for (count, tag) in vehicle.draw.tags.enumerated() {
                guard let (text, number) = texts.next() else {
                    throw RoadError(place, .tagsUsedUp(most: texts.room))
                }
                var spec = TagSpec(text: text)
                spec.mounting = tag.mounting
                tags.append(spec)
                guard tag.standing != .unlisted else { continue }
                var agreement = AgreementSpec(
                    name: vehicle.name + (count == 0 ? "" : ".second"), tag: number, text: text)
                agreement.standing = tag.standing == .blocked ? .blocked : .approved
                agreements.append(agreement)
            }
            drafts.append(
                RoadDraft(name: vehicle.name, vehicle.drive, vehicle.course, site, tags: tags, place: place))
        }
        return (drafts, agreements)
    }
}
