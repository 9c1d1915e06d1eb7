import Lane

/// Where time and places are in a picture: time goes to the right, the way along the lane upwards.
struct PictureScale {
    static let width = 1_200
    static let left = 128
    static let right = 1_184

    let window: PictureWindow
    /// What of the lane is shown.
    let stretch: ClosedRange<Metres>
    let top: Int
    let bottom: Int

    /// Clamped a little outside of the plot, so that lines leave it where they should.
    func x(_ at: Interval) -> Int {
        let span = max(1, (window.until - window.from).nanoseconds)
        let near = min(max(at, window.from - .seconds(60)), window.until + .seconds(60))
        return Self.left
            + Int((near - window.from).nanoseconds / 1_000 * Int64(Self.right - Self.left) / (span / 1_000))
    }

    func y(_ position: Metres) -> Int {
        let span = max(1, (stretch.upperBound - stretch.lowerBound).millimetres)
        return bottom - Int((position - stretch.lowerBound).millimetres * Int64(bottom - top) / span)
    }

    /// Whether a mark at this moment is in the plot.
    func shows(_ at: Interval) -> Bool { window.from <= at && at <= window.until }
}
