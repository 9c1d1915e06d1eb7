import Lane
import Station

/// The upper rows of a lane: what happened on the road, whatever the station made of it.
struct PictureRoad {
    static let height = 116

    let run: Run
    let lane: LaneSettings
    let scale: PictureScale
    /// The numbers of failures, by vehicle.
    let failures: [Int: [Int]]

    private var geometry: LaneGeometry { lane.geometry }

    /// The vehicles' ways over zone and detectors, with each read where the tag was.
    func draw(_ canvas: inout PictureCanvas, clip: String) {
        let (left, right) = (PictureScale.left, PictureScale.right)
        canvas.box(left, scale.top, right - left, scale.bottom - scale.top, "road")
        let zone = (scale.y(geometry.zoneEnd), scale.y(geometry.zoneStart))
        if run.scenario.site.configuration.antennas.contains(where: { $0.lane == lane.lane }) {
            canvas.box(left, zone.0, right - left, zone.1 - zone.0, "zone", title: "the antenna's zone")
            canvas.text(
                "antenna zone", PictureCanvas.Point(x: left - 6, y: zone.1 - 3), "row", anchor: "end")
        }
        for detector in geometry.detectors {
            let y = scale.y(detector.position)
            canvas.line(PictureCanvas.Point(x: left, y: y), PictureCanvas.Point(x: right, y: y), "detector")
            canvas.text(detector.name, PictureCanvas.Point(x: left - 6, y: y + 4), "row", anchor: "end")
        }
        let vehicles = run.plan.vehicles.filter { isHere($0) }
        canvas.clipped(to: clip) { canvas in
            for vehicle in vehicles { body(vehicle, &canvas) }
            reads(&canvas)
        }
        labels(vehicles, &canvas)
    }

    private func isHere(_ vehicle: RoadVehicle) -> Bool {
        guard vehicle.course.everIn.contains(lane.lane) else { return false }
        let stay = vehicle.course.presence(in: scale.stretch)
        return scale.window.overlaps(stay.lowerBound, stay.upperBound)
    }

    private func body(_ vehicle: RoadVehicle, _ canvas: inout PictureCanvas) {
        let course = vehicle.course
        let style = failures[vehicle.number] == nil ? "vehicle" : "vehicle failed"
        for part in course.shape.parts {
            let front = edge(course, behind: part.lowerBound)
            let rear = edge(course, behind: part.upperBound)
            guard front.count > 1, rear.count > 1 else { continue }
            let way = vehicle.isWrongWay ? ", the wrong way" : ""
            canvas.area(
                front + rear.reversed(), vehicle.alsoIn == nil ? style : style + " beside",
                title: "\(vehicle.name): \(vehicle.speed.words)\(way)")
        }
    }

    /// Where a point so far behind the front is over time, as long as it is in this lane.
    private func edge(_ course: Course, behind: Metres) -> [PictureCanvas.Point] {
        var ends = [course.way(scale.stretch.lowerBound), course.way(scale.stretch.upperBound)].sorted()
        if let change = course.laneChange {
            if course.isIn(lane.lane, at: change) {
                ends[0] = max(ends[0], change)
            } else {
                ends[1] = min(ends[1], change)
            }
            guard ends[0] < ends[1] else { return [] }
        }
        let halts = course.trajectory.halts.map { $0 - behind }.filter { ends[0] < $0 && $0 < ends[1] }
        return ([ends[0]] + halts + [ends[1]]).flatMap { place in
            [course.trajectory.moment(at: place + behind), course.trajectory.departure(from: place + behind)].map {
                PictureCanvas.Point(x: scale.x($0), y: scale.y(course.way(place)))
            }
        }
    }

    /// Reads of tags that are in this lane, by whatever antenna, where the tag was.
    private func reads(_ canvas: inout PictureCanvas) {
        let antennas = run.scenario.site.configuration.antennas
        for event in run.plan.events where scale.shows(event.at) {
            guard case .tag(let reader, let port, _, let isDamaged) = event.happening else { continue }
            let vehicle = run.plan.vehicles[event.vehicle]
            let place = vehicle.course.trajectory.position(at: event.at) - vehicle.course.shape.tagBehindFront
            guard vehicle.course.isIn(lane.lane, at: place) else { continue }
            let heardIn = antennas.first { $0.reader == reader && $0.port == port }?.lane
            let isOwn = heardIn.map { vehicle.course.isIn($0, at: place) } ?? false
            guard !isOwn || heardIn == lane.lane else { continue }
            let style = isDamaged ? "damaged" : isOwn ? "read" : "leaked"
            let point = PictureCanvas.Point(x: scale.x(event.at), y: scale.y(vehicle.course.way(place)))
            canvas.dot(
                point, radius: 2, style,
                title: "\(vehicle.name): tag \(Self.word(isDamaged, isOwn)) at \(event.at.words)")
        }
    }

    static func word(_ isDamaged: Bool, _ isOwn: Bool) -> String {
        isDamaged ? "heard, damaged" : isOwn ? "read" : "heard by the neighbour's antenna"
    }

    /// A vehicle's name, its failures and what it should come to, above its way; in two rows, so that they do not lie on each other.
    private func labels(_ vehicles: [RoadVehicle], _ canvas: inout PictureCanvas) {
        var free = [PictureScale.left, PictureScale.left]
        for vehicle in vehicles where scale.shows(vehicle.at) {
            let marks = failures[vehicle.number] ?? []
            let name = vehicle.name + (vehicle.isWrongWay ? " (wrong way)" : "")
            let verdicts = run.result.vehicles
            let due = verdicts.indices.contains(vehicle.number) ? verdicts[vehicle.number].due : nil
            // The whole where it fits, else the name; one with failures in any case.
            for words in [name + (due.map { " · \(Self.words($0))" } ?? ""), name] {
                let width = words.count * 7 + marks.count * 20
                let from = min(scale.x(vehicle.at), PictureScale.right - width)
                let room = free.indices.first { free[$0] <= from }
                guard let row = room ?? (marks.isEmpty || words != name ? nil : 1) else { continue }
                free[row] = from + width + 6
                let y = scale.top - 8 - 15 * (1 - row)
                for (place, mark) in marks.enumerated() {
                    PictureRoad.badge(mark, PictureCanvas.Point(x: from + 8 + place * 20, y: y - 4), &canvas)
                }
                let start = PictureCanvas.Point(x: from + marks.count * 20, y: y)
                canvas.text(words, start, marks.isEmpty ? "name" : "name wrong")
                break
            }
        }
    }

    private static func words(_ due: Due) -> String {
        due.mustBeSeen ? "\(due.cause) · should be \(due.outcome.word)" : "\(due.cause) · may be missed"
    }

    /// The number of a failure, as the list of failures has it.
    static func badge(_ number: Int, _ at: PictureCanvas.Point, _ canvas: inout PictureCanvas) {
        canvas.dot(at, radius: 8, "badge")
        canvas.text("\(number)", PictureCanvas.Point(x: at.x, y: at.y + 4), "badgeText", anchor: "middle")
    }
}
