import Lane
import Lights

/// What has to fit between sections; each check adds its errors where the file says what does not fit.
struct StationChecks: Sendable {
    let sections: StationSections
    var errors: ConfigurationErrors

    init(_ sections: StationSections, file: String) {
        self.sections = sections
        errors = ConfigurationErrors(file: file)
    }

    /// Runs all checks, puts detectors and cameras into their lanes, and finds the light profile.
    mutating func all(_ lanes: inout [ReadSection<LaneSection>]) -> LightSettings {
        checkLanes()
        checkDetectors()
        checkReaders()
        checkCameras()
        checkLines()
        checkCentral()
        checkIssuers()
        for index in lanes.indices {
            place(into: &lanes[index].value.settings.geometry, of: lanes[index].value.settings.lane)
        }
        return lights()
    }

    private mutating func checkLanes() {
        guard !sections.unclear.contains("lane") else { return }
        if sections.lanes.isEmpty { errors.add(at: nil, "no lane; expected a section [lane 1]") }
        for (index, lane) in sections.lanes.enumerated() {
            if Int(lane.value.settings.lane.number) != index + 1 {
                errors.add(at: lane.at, "\(lane.heading) without [lane \(index + 1)]; lanes are numbered 1, 2, 3, …")
                break
            }
        }
        for lane in sections.lanes {
            checkGeometry(lane)
            checkAntennas(lane)
        }
    }

    private mutating func checkGeometry(_ lane: ReadSection<LaneSection>) {
        let geometry = lane.value.settings.geometry
        if lane.says("zoneStart", "zoneEnd"), geometry.zoneStart >= geometry.zoneEnd {
            errors.add(
                at: lane.place(of: "zoneEnd"), "\(lane.heading) zoneEnd: not behind zoneStart; a zone has a length")
        }
        if geometry.slowest >= geometry.fastest {
            errors.add(at: lane.place(of: "slowest"), "\(lane.heading) slowest: not slower than fastest")
        }
    }

    private mutating func checkAntennas(_ lane: ReadSection<LaneSection>) {
        let number = lane.value.settings.lane
        let hasAntenna = sections.readers.contains { $0.value.antennas.contains { $0.lane == number } }
        let isEveryReaderKnown =
            !sections.unclear.contains("reader") && sections.readers.allSatisfy { $0.says("antennas") }
        if !hasAntenna, isEveryReaderKnown, !lane.value.isWithoutAntenna {
            errors.add(
                at: lane.at,
                """
                \(lane.heading) has no antenna; expected a [reader] with antennas = PORT:\(number.number), or \
                withoutAntenna = yes
                """)
        }
        if hasAntenna, lane.value.isWithoutAntenna {
            errors.add(
                at: lane.place(of: "withoutAntenna"),
                "\(lane.heading) withoutAntenna: a reader has an antenna over this lane")
        }
        let hasDetector = sections.detectors.contains { $0.value.lane == number }
        if lane.value.isWithoutAntenna, !hasDetector, !sections.unclear.contains("detector") {
            errors.add(at: lane.at, "\(lane.heading) has neither antenna nor detector: it would see nothing")
        }
    }

    private mutating func checkDetectors() {
        var counts: [LaneNumber: Int] = [:]
        var inputs: [String: String] = [:]
        for detector in sections.detectors {
            checkLane(detector.value.lane, of: detector, "lane")
            counts[detector.value.lane, default: 0] += 1
            if counts[detector.value.lane] == DetectorSection.mostInLane + 1 {
                let lane = detector.value.lane.number
                errors.add(at: detector.at, "more than \(DetectorSection.mostInLane) detectors in lane \(lane)")
            }
            guard detector.says("input") else { continue }
            if let other = inputs.updateValue(detector.heading, forKey: detector.value.input) {
                errors.add(at: detector.place(of: "input"), "\(detector.heading) input: also the input of \(other)")
            }
        }
    }

    private mutating func checkReaders() {
        var ports: [String: String] = [:]
        for reader in sections.readers {
            for antenna in reader.value.antennas { checkLane(antenna.lane, of: reader, "antennas") }
            let numbers = reader.value.antennas.map(\.port)
            if Set(numbers).count < numbers.count {
                errors.add(
                    at: reader.place(of: "antennas"), "\(reader.heading) antennas: one port hangs over one lane only")
            }
            if reader.value.settings.retryMinimum > reader.value.settings.retryMaximum {
                errors.add(
                    at: reader.place(of: "retryMinimum"), "\(reader.heading) retryMinimum: longer than retryMaximum")
            }
            guard reader.says("port") else { continue }
            if let other = ports.updateValue(reader.heading, forKey: reader.value.port) {
                errors.add(at: reader.place(of: "port"), "\(reader.heading) port: also the port of \(other)")
            }
        }
    }

    private mutating func checkLines() {
        guard let lines = sections.lines.first else {
            if let detector = sections.detectors.first {
                errors.add(
                    at: detector.at, "\(detector.heading) is wired to nothing; expected [lines] with a driver")
            }
            return
        }
        guard lines.says("driver") || lines.places["driver"] == nil else { return }
        switch lines.value.driver {
        case .simulated where lines.places["socket"] == nil:
            errors.add(at: lines.at, "[lines] socket is missing; the driver simulated needs it")
        case .none where !sections.detectors.isEmpty:
            errors.add(
                at: lines.place(of: "driver"), "[lines] driver: none, and there are detectors; expected simulated")
        case .none, .simulated: break
        }
    }

    private mutating func checkCentral() {
        guard let central = sections.central.first else { return }
        if (central.value.clientCertificate == nil) != (central.value.clientKey == nil) {
            let key = central.value.clientKey == nil ? "clientCertificate" : "clientKey"
            errors.add(at: central.place(of: key), "[central] \(key): clientCertificate and clientKey go together")
        }
    }

    /// A lane that a section names exists; nothing is said about a section that does not name one.
    mutating func checkLane<T>(_ lane: LaneNumber, of section: ReadSection<T>, _ key: String) {
        guard !sections.unclear.contains("lane"), section.says(key),
            !sections.lanes.contains(where: { $0.value.settings.lane == lane })
        else { return }
        errors.add(at: section.place(of: key), "\(section.heading) \(key): there is no [lane \(lane.number)]")
    }
}
