import Lane
import Station

/// What the antennas hear of a vehicle's tags.
///
/// While a tag is in the zone of its lane the antenna tries every so often, the first time at a moment that the seed gives. Antennas of the lanes
/// beside it may hear it too. A vehicle that drives the wrong way turns its back to the antenna: its tags answer like wrongly mounted
/// ones at the best (an assumption). A tag that a scenario gives a script answers by that alone.
struct AntennaReads {
    let field: AntennaField
    let site: RoadSite
    private let own: [TagSpec.Mounting: ReadChance]
    private let leaked: [TagSpec.Mounting: ReadChance]

    init(_ field: AntennaField, _ site: RoadSite) {
        self.field = field
        self.site = site
        let all = TagSpec.Mounting.allCases
        own = Dictionary(uniqueKeysWithValues: all.map { ($0, ReadChance(partsPerMillion: field.heard($0))) })
        leaked = Dictionary(uniqueKeysWithValues: all.map { ($0, ReadChance(partsPerMillion: field.leaks($0))) })
    }

    /// Gives a vehicle its tags, and says when readers hear them.
    func hear(_ tags: [TagSpec], in vehicle: inout RoadVehicle, seed: UInt64) -> [RoadEvent] {
        guard !tags.isEmpty else { return [] }
        let chance = Chance(seed: seed, of: vehicle.name)
        return tags.enumerated().flatMap { place, spec in
            var tag = RoadTag(text: spec.text, mounting: spec.mounting)
            let events =
                spec.script.map { scripted($0, &tag, vehicle) }
                ?? site.antennas.flatMap { antenna in
                    var draws = chance.part(place + 1, Int(antenna.number.number))
                    return passes(antenna, &tag, vehicle, &draws)
                }
            vehicle.tags.append(tag)
            return events
        }
    }

    /// The reads that a scenario prescribes, at the first antenna of each lane in which the tag is.
    private func scripted(_ script: TagSpec.Script, _ tag: inout RoadTag, _ vehicle: RoadVehicle) -> [RoadEvent] {
        let behind = self.behind(tag, vehicle)
        var events: [RoadEvent] = []
        for count in 0..<max(0, script.reads) {
            let at = vehicle.at + script.first + script.every * Int64(count)
            let place = vehicle.course.trajectory.position(at: at) - behind
            for lane in vehicle.course.lanes(at: place) {
                guard let antenna = site.antennas.first(where: { $0.lane == lane }) else { continue }
                events.append(report(tag, antenna, vehicle, at, isDamaged: script.isDamaged))
                if script.isDamaged { tag.damaged += 1 } else { tag.heard += 1 }
            }
        }
        return events
    }

    /// The tag goes through one antenna's zone, perhaps from one lane into another.
    private func passes(
        _ antenna: StationConfiguration.Antenna, _ tag: inout RoadTag, _ vehicle: RoadVehicle, _ draws: inout Chance
    ) -> [RoadEvent] {
        guard let zone = site.geometry(antenna.lane) else { return [] }
        let course = vehicle.course
        let behind = self.behind(tag, vehicle)
        let ends = [course.way(zone.zoneStart), course.way(zone.zoneEnd)].sorted()
        let cut = course.laneChange.flatMap { ends[0] < $0 && $0 < ends[1] ? $0 : nil }
        let places = [ends[0]] + (cut.map { [$0] } ?? []) + [ends[1]]
        var events: [RoadEvent] = []
        var reports = Reports(every: field)
        for (from, to) in zip(places, places.dropFirst()) {
            let isOwn = course.isIn(antenna.lane, at: from)
            let isBeside = course.lanes(at: from).contains { abs(Int($0.number) - Int(antenna.lane.number)) == 1 }
            guard isOwn || isBeside, let answers = chance(tag, vehicle, isOwn: isOwn) else { continue }
            let comes = course.trajectory.moment(at: from + behind)
            // Where it halts at the end of a stretch the halt belongs to it.
            let goes = course.trajectory.departure(from: to + behind)
            for at in reports.times(from: comes, until: goes, answers, &draws) {
                let isDamaged = tag.mounting == .metalWindscreen
                events.append(report(tag, antenna, vehicle, at, isDamaged: isDamaged))
                switch (isDamaged, isOwn) {
                case (true, _): tag.damaged += 1
                case (false, true): tag.heard += 1
                case (false, false): tag.leaked += 1
                }
            }
        }
        return events
    }

    private func chance(_ tag: RoadTag, _ vehicle: RoadVehicle, isOwn: Bool) -> ReadChance? {
        let chances = isOwn ? own : leaked
        guard let answers = chances[tag.mounting], answers.partsPerMillion > 0 else { return nil }
        guard vehicle.isWrongWay, let wrong = chances[.wrong] else { return answers }
        return answers.partsPerMillion < wrong.partsPerMillion ? answers : wrong
    }

    private func behind(_ tag: RoadTag, _ vehicle: RoadVehicle) -> Metres {
        let shape = vehicle.course.shape
        return min(shape.tagBehindFront + (tag.mounting == .loose ? field.looseBehind : .zero), shape.length)
    }

    private func report(
        _ tag: RoadTag, _ antenna: StationConfiguration.Antenna, _ vehicle: RoadVehicle, _ at: Interval, isDamaged: Bool
    ) -> RoadEvent {
        RoadEvent(
            at: at, vehicle: vehicle.number,
            .tag(reader: antenna.reader, port: antenna.port, text: tag.text, isDamaged: isDamaged))
    }
}

extension AntennaReads {
    /// When an antenna reports a tag that answers again and again.
    private struct Reports {
        let field: AntennaField
        private var count = 0
        private var next: Interval?

        init(every field: AntennaField) { self.field = field }

        /// The reports of a stay in the zone: the first attempt that succeeds, then the first one that does after a pause.
        mutating func times(
            from: Interval, until: Interval, _ answers: ReadChance, _ draws: inout Chance
        ) -> [Interval] {
            let every = max(1, field.every.nanoseconds)
            let first = from + Interval(nanoseconds: draws.any(of: 0...(every - 1)))
            guard first <= until else { return [] }
            let attempts = Int((until - first).nanoseconds / every) + 1
            var times: [Interval] = []
            var attempt = 0
            while attempt < attempts {
                if let next, first + field.every * Int64(attempt) < next {
                    attempt = Int(((next - first).nanoseconds + every - 1) / every)
                    continue
                }
                guard let failed = answers.first(of: attempts - attempt, &draws.generator) else { break }
                let at = first + Interval(nanoseconds: Int64(attempt + failed) * every)
                times.append(at)
                count += 1
                next = at + (count < field.reportsMoving ? field.reportsEvery : field.reportsStanding)
                attempt += failed + 1
            }
            return times
        }
    }
}
