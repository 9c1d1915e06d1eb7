import Lane

/// Detectors and cameras in their lanes.
extension StationChecks {
    /// Each camera's lane and detector exist, belong together, and it does not fire before the decision.
    mutating func checkCameras() {
        var counts: [LaneNumber: Int] = [:]
        for camera in sections.cameras {
            checkLane(camera.value.lane, of: camera, "lane")
            counts[camera.value.lane, default: 0] += 1
            if counts[camera.value.lane] == CameraSection.mostInLane + 1 {
                errors.add(
                    at: camera.at, "more than \(CameraSection.mostInLane) cameras in lane \(camera.value.lane.number)")
            }
            if camera.says("detector"), let detector = detector(of: camera), camera.says("lane", "moment") {
                checkTrigger(of: camera, at: detector)
            }
        }
    }

    /// Puts the detectors and cameras of a lane into its geometry, in the order of the file.
    func place(into geometry: inout LaneGeometry, of lane: LaneNumber) {
        let detectors = sections.detectors.map(\.value).filter { $0.lane == lane }
        geometry.detectors = detectors.map { .init(name: $0.name, position: $0.position) }
        geometry.cameras = sections.cameras.map(\.value).filter { $0.lane == lane }.compactMap { camera in
            guard let index = detectors.firstIndex(where: { $0.name == camera.detector }) else { return nil }
            return .init(
                name: camera.name, detector: DetectorNumber(UInt8(index)), moment: camera.moment, delay: camera.delay)
        }
    }

    private mutating func detector(of camera: ReadSection<CameraSection>) -> DetectorSection? {
        let place = camera.place(of: "detector")
        let name = camera.value.detector
        guard let detector = sections.detectors.first(where: { $0.name == name }) else {
            guard !sections.unclear.contains("detector") else { return nil }
            let hint = KnownWords(sections.detectors.map(\.name)).hint(for: name)
            errors.add(at: place, "\(camera.heading) detector: there is no [detector \(name)]\(hint)")
            return nil
        }
        guard detector.says("lane"), camera.says("lane") else { return nil }
        guard detector.value.lane == camera.value.lane else {
            errors.add(
                at: place,
                """
                \(camera.heading) detector: \(detector.heading) watches lane \(detector.value.lane.number), \
                the camera sees lane \(camera.value.lane.number)
                """)
            return nil
        }
        return detector.value
    }

    /// A camera that sees the front plate must not fire before *no tag* is decided; the fastest vehicle is the tightest.
    private mutating func checkTrigger(of camera: ReadSection<CameraSection>, at detector: DetectorSection) {
        let lane = sections.lanes.first { $0.value.settings.lane == camera.value.lane }
        let first = sections.detectors.first { $0.value.lane == camera.value.lane }
        guard let lane, let first, camera.value.moment == .leadingEdge, lane.says("decideAt") else { return }
        let geometry = lane.value.settings.geometry
        let decision = (geometry.decideAt - first.value.position) / geometry.fastest
        let edge = (detector.position - first.value.position) / geometry.fastest
        guard edge + camera.value.delay < decision else { return }
        let least = Interval.milliseconds((decision - edge).milliseconds + 1)
        errors.add(
            at: camera.place(of: "delay"),
            """
            \(camera.heading) delay: the camera fires before no tag is decided at decideAt of \(lane.heading); \
            expected a delay of at least \(Quantity.time.format(least.nanoseconds)), or a nearer decideAt
            """)
    }
}
