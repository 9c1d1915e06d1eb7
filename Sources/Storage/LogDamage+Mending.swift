extension LogDamage {
    /// Writes a copy of the log that SQLite reads to its last commit. The page of a bad frame stays as it is: what it holds has to be
    /// proved by whoever reads it.
    ///
    /// - Returns: whether every page is there. Where it cannot be seen which page a frame was for, an older one stands in its place.
    package func mend(_ log: String, as copy: String, on disk: any Disk = SystemDisk()) throws(FileError) -> Bool {
        let file = try DurableFile(replacing: copy, on: disk)
        guard var frames = try LogFrames(of: log, on: disk) else { return false }
        var isWhole = true
        var before = frames.start
        /// What the frame before says by its bytes, whatever its checksum says, and whether both say the same.
        var (told, wasSound) = (frames.start, true)
        try file.write(frames.header)
        for _ in 0..<last {
            guard let found = try frames.next() else { return false }
            let isWritten = found.follows || frames.goesOn(found, from: told) || !wasSound
            let frame = isWritten ? found : frames.mended(found, pages)
            (told, wasSound) = (frames.checksum(frame.bytes, from: found.start), found.follows)
            guard frame.follows || 1...pages ~= frame.page else {
                isWhole = false
                continue
            }
            var bytes = frame.bytes
            bytes.replaceSubrange(8..<16, with: frames.header[16..<24])
            before = frames.checksum(bytes, from: before)
            bytes.replaceSubrange(16..<20, with: Self.bytes(of: before.0))
            bytes.replaceSubrange(20..<24, with: Self.bytes(of: before.1))
            try file.write(bytes)
        }
        try file.commit()
        return isWhole
    }

    /// The high one first.
    private static func bytes(of word: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) }
    }
}
