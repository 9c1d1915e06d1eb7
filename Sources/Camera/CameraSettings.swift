import HTTP
import Lane

/// What one camera is told by configuration.
package struct CameraSettings: Hashable, Sendable {
    package let place: LaneCamera
    /// As in the lane's geometry, in records and in file names.
    package let name: String
    /// The snapshot's address: a JPEG at each GET.
    package var address: WebAddress
    /// The authorities of a camera that speaks https.
    package var trust: Trust
    /// From the request to the last byte; a photo that comes later shows the next vehicle. 100 ms to 30 s.
    package var timeOut = Interval.seconds(3)
    /// A photo of 1280 × 720 has about 100 KB, of 8 megapixels 2 to 3 MB. 10 KB to 32 MB.
    package var mostBytes = 4 << 20

    package init(place: LaneCamera, name: String, address: WebAddress, trust: Trust = Trust()) {
        self.place = place
        self.name = name
        self.address = address
        self.trust = trust
    }
}

/// A camera of the station: it stands at one lane.
package struct LaneCamera: Hashable, Sendable {
    package let lane: LaneNumber
    package let camera: CameraNumber

    package init(lane: LaneNumber, camera: CameraNumber) {
        self.lane = lane
        self.camera = camera
    }
}
