/// A write-ahead log whose commits SQLite would not read to their end, and say nothing.
///
///     … commit │ frame │ bad │ commit │ frame │ commit │ old frames …
///               SQLite ends here ▲      └─ goes on from that commit: it had been synced
///
/// A power cut too leaves bad frames, those of the last commit, which was not synced; nothing goes on from it. A frame that goes on from
/// a commit's checksum was written when that commit had returned.
package struct LogDamage: Hashable, Sendable {
    /// The first bad frame, counted from 1.
    package let frame: Int
    /// The last frame of the last commit behind it that can be read.
    package let last: Int
    /// The pages of the database after that commit.
    let pages: UInt32

    /// - Returns: nil when the log ends as it should; also when its header is damaged, which nothing tells from a log that was begun anew.
    package init?(ofLog path: String, on disk: any Disk = SystemDisk()) throws(FileError) {
        guard var frames = try LogFrames(of: path, on: disk) else { return nil }
        var number = 0
        var bad: Int?
        var last: (number: Int, pages: UInt32)?
        /// The frame before, where it ends a commit.
        var end: (number: Int, pages: UInt32)?
        /// Nothing bad lies behind the last commit.
        var isSound = false
        while let frame = try frames.next() {
            number += 1
            if !frame.follows, bad == nil { bad = number }
            guard bad != nil else { continue }
            if frame.follows, let end { last = end }
            isSound = frame.follows && (isSound || end != nil)
            let mayEnd = frame.isOfLog && frame.pages > 0 && (frame.follows || bad == number)
            end = mayEnd ? (number, frame.pages) : nil
            if isSound, let end { last = end }
        }
        guard let bad, let last else { return nil }
        self.frame = bad
        self.last = last.number
        pages = last.pages
    }
}
