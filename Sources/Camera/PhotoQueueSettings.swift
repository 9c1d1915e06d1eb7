import Lane

/// What the photo queue is told by configuration.
package struct PhotoQueueSettings: Sendable {
    /// A photo that cannot be begun within this shows another vehicle: it is missing instead. 100 ms to 10 s.
    package var startWithin = Interval.seconds(1)
    /// Failures in a row after which a camera is faulty. 1 to 100.
    package var faultyAfter = 3

    private let cameras: [LaneCamera: (name: String, timeOut: Interval)]

    package init(cameras: [CameraSettings]) {
        let pairs = cameras.map { ($0.place, (name: $0.name, timeOut: $0.timeOut)) }
        self.cameras = Dictionary(pairs) { first, _ in first }
    }

    /// The camera's name; one that configuration does not name is called by its number.
    func name(of place: LaneCamera) -> String { cameras[place]?.name ?? "camera\(place.camera.number)" }

    func timeOut(of place: LaneCamera) -> Interval { cameras[place]?.timeOut ?? .seconds(3) }
}
