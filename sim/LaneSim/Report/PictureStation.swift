import Lane
import Lights
import Station

/// The lower rows of a lane: what its devices told the station, and what the station made of it.
struct PictureStation {
    /// The height of what devices notice: detectors, and reads.
    static func devices(_ lane: LaneSettings) -> Int { lane.geometry.detectors.count * 20 + 22 }

    /// With reads taken, passages, light and photos.
    static func height(_ lane: LaneSettings) -> Int { devices(lane) + 6 + 20 + 40 + 22 + 24 }

    let run: Run
    let lane: LaneSettings
    let scale: PictureScale
    let failures: [Int: [Int]]

    private func point(_ x: Int, _ y: Int) -> PictureCanvas.Point { PictureCanvas.Point(x: x, y: y) }

    private func name(_ words: String, _ y: Int, _ canvas: inout PictureCanvas) {
        canvas.text(words, point(PictureScale.left - 6, y), "row", anchor: "end")
    }

    /// Draws from `top` downwards.
    func draw(_ canvas: inout PictureCanvas, top: Int, clip: String) {
        var y = top
        for detector in lane.geometry.detectors {
            name(detector.name, y + 14, &canvas)
            canvas.clipped(to: clip) { levels(detector.name, y + 3, &$0) }
            y += 20
        }
        name("tags heard", y + 14, &canvas)
        canvas.clipped(to: clip) { reads(y + 3, &$0) }
        y += 20
        y += 8
        name("reads", y + 14, &canvas)
        canvas.clipped(to: clip) { taken(y + 3, &$0) }
        y += 20
        name("passages", y + 16, &canvas)
        passages(y + 2, &canvas, clip: clip)
        y += 40
        name("light", y + 14, &canvas)
        canvas.clipped(to: clip) { lamps(y + 3, &$0) }
        y += 22
        name("photos", y + 14, &canvas)
        photos(y + 11, &canvas)
    }

    private func levels(_ name: String, _ y: Int, _ canvas: inout PictureCanvas) {
        guard let number = run.scenario.site.configuration.detectors.firstIndex(where: { $0.name == name }) else {
            return
        }
        var level = false
        var points = [point(PictureScale.left, y + 13)]
        for event in run.plan.events {
            guard case .edge(let detector, let isOccupied) = event.happening, detector == number else { continue }
            let x = max(PictureScale.left, scale.x(event.at))
            points.append(point(x, level ? y : y + 13))
            points.append(point(x, isOccupied ? y : y + 13))
            level = isOccupied
            if event.at > scale.window.until { break }
        }
        points.append(point(PictureScale.right, level ? y : y + 13))
        canvas.path(points, "level")
    }

    /// What the lane's antennas hear, of its own vehicles and of others.
    private func reads(_ y: Int, _ canvas: inout PictureCanvas) {
        let antennas = run.scenario.site.configuration.antennas.filter { $0.lane == lane.lane }
        for event in run.plan.events where scale.shows(event.at) {
            guard case .tag(let reader, let port, _, let isDamaged) = event.happening,
                antennas.contains(where: { $0.reader == reader && $0.port == port })
            else { continue }
            let vehicle = run.plan.vehicles[event.vehicle]
            let place = vehicle.course.trajectory.position(at: event.at) - vehicle.course.shape.tagBehindFront
            let isOwn = vehicle.course.isIn(lane.lane, at: place)
            let style = isDamaged ? "tick damagedTick" : isOwn ? "tick readTick" : "tick leakedTick"
            let x = scale.x(event.at)
            let words = "\(vehicle.name): tag \(PictureRoad.word(isDamaged, isOwn)) at \(event.at.words)"
            canvas.line(point(x, y), point(x, y + 13), style, title: words)
        }
    }

    /// Of each tag that a passage has: its first read and its last.
    private func taken(_ y: Int, _ canvas: inout PictureCanvas) {
        for seen in seen {
            for read in seen.record.fields.reads ?? [] {
                let style = read.tag == nil ? "tick damagedTick" : "tick takenTick"
                for offset in Set([read.offset, read.last].compactMap { $0 }).sorted() {
                    let x = scale.x(seen.record.at + Interval(nanoseconds: offset))
                    let words = "passage \(seen.record.fields.sequence.number): \(read.outcome ?? "read")"
                    canvas.line(point(x, y), point(x, y + 13), style, title: words)
                }
            }
        }
    }

    private func lamps(_ y: Int, _ canvas: inout PictureCanvas) {
        let shown = run.observation.lamps.filter { $0.lane == lane.lane }
        for (place, lamp) in shown.enumerated() where lamp.aspect != .dark {
            let until = place + 1 < shown.count ? shown[place + 1].at : scale.window.until
            guard scale.window.overlaps(lamp.at, until) else { continue }
            let from = scale.x(lamp.at)
            canvas.box(
                from, y, scale.x(until) - from, 13, "lamp \(lamp.aspect.word)",
                title: "\(lamp.aspect.word) from \(lamp.at.words) to \(until.words)")
        }
    }
}

extension PictureStation {
    /// A passage with the vehicle it belongs to.
    private struct Seen {
        let record: Observation.SealedLine
        let vehicle: VehicleVerdict?
        let until: Interval
    }

    private var seen: [Seen] {
        run.observation.records.enumerated().compactMap { place, record in
            guard record.fields.type == "passage", record.fields.lane == lane.lane.number else { return nil }
            let until = record.at + Interval(nanoseconds: max(0, record.fields.end ?? 0))
            guard scale.window.overlaps(record.at, until) else { return nil }
            return Seen(
                record: record, vehicle: run.result.vehicles.first { $0.passages.contains(place) }, until: until)
        }
    }

    private func passages(_ y: Int, _ canvas: inout PictureCanvas, clip: String) {
        var free = [PictureScale.left, PictureScale.left]
        let all = seen
        for (place, seen) in all.enumerated() {
            let next = place + 1 < all.count ? scale.x(all[place + 1].record.at) : PictureScale.right
            let isWrong =
                seen.vehicle.map { $0.decision.map { $0 != .right } ?? false || failures[$0.number] != nil } ?? true
            let outcome = seen.record.fields.decision?.outcome ?? "?"
            let from = scale.x(seen.record.at)
            canvas.clipped(to: clip) {
                $0.box(
                    from, y, scale.x(seen.until) - from, 15,
                    "passage " + (isWrong ? "wrongPassage" : Self.style(outcome)),
                    title: "passage \(seen.record.fields.sequence.number) in the journal")
            }
            let bar = from...max(from, scale.x(seen.until))
            label(words(seen, outcome), bar, next: next, y, isWrong: isWrong, &free, &canvas)
        }
        for vehicle in run.result.vehicles where vehicle.sight == .missed {
            let truth = run.plan.vehicles[vehicle.number]
            guard truth.lane == lane.lane, scale.shows(truth.at) else { continue }
            canvas.text("not seen", point(scale.x(truth.at), y + 30), "wrong")
        }
    }

    /// In the bar or beside it where there is room, else in the row below; a wrong one in any case.
    private func label(
        _ words: String, _ bar: ClosedRange<Int>, next: Int, _ y: Int, isWrong: Bool, _ free: inout [Int],
        _ canvas: inout PictureCanvas
    ) {
        let width = words.count * 7 + 4
        let beside = max(PictureScale.left + 4, width < bar.count ? bar.lowerBound + 4 : bar.upperBound + 5)
        let below = max(PictureScale.left + 4, min(bar.lowerBound, PictureScale.right - width))
        let style = isWrong ? "wrong" : ""
        if free[0] <= beside, beside + width <= next {
            free[0] = beside + width
            canvas.text(words, point(beside, y + 12), style)
        } else if free[1] <= below || isWrong {
            free[1] = below + width
            canvas.text(words, point(below, y + 30), style)
        }
    }

    private func words(_ seen: Seen, _ outcome: String) -> String {
        let fields = seen.record.fields
        let earlier = fields.earlier.map { " (first \($0.outcome))" } ?? ""
        let whose = seen.vehicle == nil ? ", of no vehicle" : ""
        let flags = (fields.flags ?? []).isEmpty ? "" : " [\((fields.flags ?? []).joined(separator: ", "))]"
        return "\(fields.sequence.number) \(outcome)\(earlier)\(flags)\(whose)"
    }

    private static func style(_ outcome: String) -> String {
        switch Outcome(word: outcome) {
        case .approved: "kind"
        case .noticePrepaidLow, .noticeOverdue: "notice"
        default: "strict"
        }
    }

    private func photos(_ y: Int, _ canvas: inout PictureCanvas) {
        for seen in seen {
            for photo in seen.record.fields.photos ?? [] {
                let at = seen.record.at + Interval(nanoseconds: photo.offset)
                guard scale.shows(at) else { continue }
                let (style, what) =
                    photo.missing.map { ("photo missing", "missing, \($0)") }
                    ?? (photo.discarded == true ? ("photo thrown", "discarded") : ("photo kept", "kept"))
                canvas.camera(point(scale.x(at), y), style, title: "\(photo.camera): \(what)")
            }
        }
    }
}
