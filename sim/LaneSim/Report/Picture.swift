import Lane
import Station

/// A run drawn over time, as SVG: for each lane the road above and the station below, so that one sees why an expectation failed.
///
/// A long run is cut to what lies around its failures. No number of a tag or plate is in it.
package struct Picture {
    /// More lanes at a time are not looked at: of others it says that they are there.
    static let mostLanes = 6
    /// Longer texts are cut; their whole is in the summary.
    private static let longestText = 165

    private let run: Run
    /// The numbers of failures, by vehicle; the list counts them from 1.
    private let failures: [Int: [Int]]
    private var canvas = PictureCanvas()
    private var y = 0

    /// The picture of a run: whole pixels, the same for the same run on any machine.
    package static func svg(of run: Run) -> String {
        var picture = Picture(run)
        return picture.drawn()
    }

    private init(_ run: Run) {
        self.run = run
        failures = run.result.failures.enumerated().reduce(into: [:]) { failures, failure in
            guard let vehicle = failure.element.vehicle else { return }
            failures[vehicle, default: []].append(failure.offset + 1)
        }
    }

    private mutating func drawn() -> String {
        let (windows, note) = PictureWindow.windows(of: run)
        head(note)
        for (number, window) in windows.enumerated() { panel(window, number) }
        y += 26
        y = PictureStyle.legend(&canvas, top: y) + 16
        return canvas.svg(
            width: PictureScale.width, height: y, style: PictureStyle.sheet,
            title: "\(run.result.name): \(run.result.shows)")
    }

    private func point(_ x: Int, _ y: Int) -> PictureCanvas.Point { PictureCanvas.Point(x: x, y: y) }

    /// Name, what it shows, how it went, and what failed, by number.
    private mutating func head(_ note: String) {
        canvas.text(run.result.name, point(16, 28), "title")
        canvas.text(Self.cut(run.result.shows), point(16, 48), "lead")
        canvas.text(Self.cut(run.result.again), point(PictureScale.right, 28), "row", anchor: "end")
        y = 70
        if run.result.isGood {
            canvas.text("passed: everything came as expected", point(16, y), "good")
        }
        for (number, failure) in run.result.failures.prefix(12).enumerated() {
            PictureRoad.badge(number + 1, point(24, y - 4), &canvas)
            for line in Self.lines(failure.text, most: 3) {
                canvas.text(line, point(38, y), "bad")
                y += 18
            }
            y += 2
        }
        let more = run.result.failures.count - 12
        if more > 0 { write("and \(more) more failures") }
        for trouble in run.result.troubles.prefix(4) { write("trouble: \(trouble)") }
        if !note.isEmpty {
            if run.result.isGood { y += 20 }
            canvas.text(note, point(16, y), "lead")
        }
    }

    private mutating func write(_ words: String) {
        canvas.text(Self.cut(words), point(16, y), "bad")
        y += 20
    }

    static func cut(_ text: String) -> String {
        text.count > longestText ? text.prefix(longestText - 1) + "…" : text
    }

    /// One stretch of time: its axis, its lanes, and over all of them what went wrong and which lists came.
    private mutating func panel(_ window: PictureWindow, _ number: Int) {
        let lanes = lanes(in: window)
        y += 34
        let top = y
        let stretch = stretch
        let scale = { (top: Int) in
            PictureScale(window: window, stretch: stretch, top: top, bottom: top + PictureRoad.height)
        }
        let bottom = lanes.shown.reduce(top + 30) { $0 + Self.height($1) }
        axis(scale(top), bottom: bottom)
        y += 30
        for (place, lane) in lanes.shown.enumerated() { band(lane, scale(y + 60), "w\(number)l\(place)") }
        happenings(scale(top), top: top, bottom: bottom)
        if lanes.left > 0 {
            y += 14
            canvas.text("\(lanes.left) more lanes have traffic in this time and are not shown.", point(16, y), "lead")
        }
    }

    private static func height(_ lane: LaneSettings) -> Int {
        60 + PictureRoad.height + 8 + PictureStation.height(lane) + 10
    }

    private var stretch: ClosedRange<Metres> {
        let site = RoadSite(run.scenario.site.configuration)
        let edge = Metres(millimetres: 2_000)
        return site.stretch.lowerBound - edge...site.stretch.upperBound + edge
    }

    private mutating func band(_ lane: LaneSettings, _ scale: PictureScale, _ clip: String) {
        let top = y
        let (left, right) = (PictureScale.left, PictureScale.right)
        let height = Self.height(lane)
        canvas.raw(
            "<clipPath id=\"\(clip)\"><rect x=\"\(left)\" y=\"\(top)\" width=\"\(right - left)\" height=\"\(height)\"/></clipPath>"
        )
        canvas.text("Lane \(lane.lane.number)", point(16, top + 34), "lane")
        canvas.text("road", point(16, scale.top + 14), "row")
        PictureRoad(run: run, lane: lane, scale: scale, failures: failures).draw(&canvas, clip: clip)
        let below = scale.bottom + 8
        let devices = PictureStation.devices(lane)
        canvas.box(left, below, right - left, devices, "road")
        canvas.box(left, below + devices + 6, right - left, PictureStation.height(lane) - devices - 6, "station")
        canvas.text("devices", point(16, below + 14), "row")
        canvas.text("station", point(16, below + devices + 22), "row")
        PictureStation(run: run, lane: lane, scale: scale, failures: failures).draw(&canvas, top: below, clip: clip)
        let ours = Self.happenings(of: run).filter { $0.lanes?.contains(lane.lane) == true }
        mark(ours, scale, words: top + 10, from: top + 14, to: top + height - 10)
        y += height
    }

    /// Lanes in which something happens in this time; those with failures first when there are too many.
    private func lanes(in window: PictureWindow) -> (shown: [LaneSettings], left: Int) {
        let here = run.plan.vehicles.filter { window.overlaps($0.at, $0.leaves) }
        let seen = run.observation.records.filter { $0.fields.type == "passage" && window.overlaps($0.at, $0.at) }
        let busy = run.scenario.site.configuration.lanes.filter { lane in
            here.contains { $0.course.everIn.contains(lane.lane) }
                || seen.contains { $0.fields.lane == lane.lane.number }
        }
        let failed = Set(here.filter { failures[$0.number] != nil }.flatMap { $0.course.everIn })
        let wanted = busy.count <= Self.mostLanes || failed.isEmpty ? busy : busy.filter { failed.contains($0.lane) }
        let shown = Array(wanted.prefix(Self.mostLanes))
        return (
            shown.isEmpty ? Array(run.scenario.site.configuration.lanes.prefix(1)) : shown, busy.count - shown.count
        )
    }

    private static func seconds(_ mark: Interval) -> String {
        mark < .zero ? "-\((-mark).milliseconds.thousandths) s" : "\(mark.milliseconds.thousandths) s"
    }

    private mutating func axis(_ scale: PictureScale, bottom: Int) {
        let step = scale.window.step
        var mark = step * (scale.window.from.nanoseconds / step.nanoseconds)
        while mark <= scale.window.until {
            if scale.shows(mark) {
                let x = scale.x(mark)
                canvas.line(point(x, y + 6), point(x, bottom - 6), "grid")
                canvas.text(Self.seconds(mark), point(x, y), "row", anchor: "middle")
            }
            mark = mark + step
        }
    }

    /// What is everybody's, over the whole panel.
    private mutating func happenings(_ scale: PictureScale, top: Int, bottom: Int) {
        let all = Self.happenings(of: run).filter { $0.lanes == nil }
        mark(all, scale, words: top + 20, from: top + 8, to: bottom - 6)
    }

    /// Spans and lines with their words, in two rows so that they do not lie on each other.
    private mutating func mark(_ happenings: [Happening], _ scale: PictureScale, words: Int, from: Int, to: Int) {
        var free = [PictureScale.left, PictureScale.left]
        for happening in happenings {
            let until = happening.until ?? happening.from
            guard scale.window.overlaps(happening.from, until) else { continue }
            let x = max(PictureScale.left, scale.x(happening.from))
            if happening.isFault, happening.until != nil {
                let width = min(PictureScale.right, scale.x(until)) - x
                canvas.box(x, from + 18, width, to - from - 18, "fault", title: happening.words)
            } else {
                canvas.line(point(x, from), point(x, to), happening.isFault ? "faultLine" : "list")
            }
            let width = happening.words.count * 6 + 10
            let place = min(x + 3, PictureScale.right - width)
            guard let row = free.indices.first(where: { free[$0] <= place }) else { continue }
            free[row] = place + width
            canvas.text(
                happening.words, point(place, words + 13 * row), happening.isFault ? "faultText" : "listText")
        }
    }

    /// A text in lines of the picture's width.
    static func lines(_ text: String, most: Int) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ") {
            let last = lines[lines.count - 1]
            if last.count + word.count + 1 > longestText, lines.count < most {
                lines.append(String(word))
            } else {
                lines[lines.count - 1] = last.isEmpty ? String(word) : last + " " + word
            }
        }
        lines[lines.count - 1] = cut(lines[lines.count - 1])
        return lines
    }
}
