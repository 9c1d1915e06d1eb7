import Devices
import Lane

/// Frames through the station and through the echo, a slot each.
///
///     slot   0 ms  a tag on no list goes through the station, which darkens the head, commits and acknowledges
///            2 ms  measured: an approved tag through the station, or the same bytes through the echo
///            4 ms  the next slot
struct LightSlots {
    private static let slot = Interval.milliseconds(4)
    private static let beforeMeasured = Interval.milliseconds(2)

    private var voice = ReaderVoice()
    private var poller = Poller(slots: 0)

    /// Nanoseconds of each frame through the station.
    mutating func throughStation(_ frames: Int, _ station: inout FarEnd) throws -> [Int64] {
        try slots(frames, &station) { frame, station in
            let took = try station.light(by: frame)
            try station.waitForAcknowledgement()
            return took
        }
    }

    /// Nanoseconds of each frame through the echo; the station works before each all the same.
    mutating func throughEcho(_ frames: Int, _ station: inout FarEnd, _ echo: inout FarEnd) throws -> [Int64] {
        try slots(frames, &station) { frame, _ in try echo.light(by: frame) }
    }

    private mutating func slots(
        _ frames: Int, _ station: inout FarEnd, _ measured: ([UInt8], inout FarEnd) throws -> Interval
    ) throws -> [Int64] {
        var times: [Int64] = []
        times.reserveCapacity(frames)
        var start = MonotonicClock.now()
        for _ in 0..<frames {
            try station.send(voice.unlistedFrame())
            try station.waitForAcknowledgement()
            station.forgetLamps()
            let frame = voice.approvedFrame()
            // After a slow commit the frame comes later, so that it is never written into a working station.
            let moment = max(start + Self.beforeMeasured, MonotonicClock.now() + .milliseconds(1))
            try poller.wait(until: moment)
            times.append(try measured(frame, &station).nanoseconds)
            start = max(start + Self.slot, MonotonicClock.now() + .milliseconds(1))
            try poller.wait(until: start)
        }
        return times
    }
}

extension Int64 {
    /// Nanoseconds as microseconds.
    var microseconds: Double { Double(self) / 1_000 }
}
