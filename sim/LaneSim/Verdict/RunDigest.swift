import Exchange
import Lane

/// The digest of a run: over everything that the station wrote, showed and delivered, so that two runs that differ anywhere
/// have different ones.
enum RunDigest {
    static func of(_ observation: Observation) -> Digest {
        var stream = DigestStream()
        for record in observation.records {
            stream.update(record.line.bytes)
            stream.update(text(record.at))
        }
        mark("central", &stream)
        for line in observation.atCentral { stream.update(line.bytes) }
        mark("lamps", &stream)
        for lamp in observation.lamps {
            stream.update(text(lamp.at) + Array("\(lamp.lane.number) \(lamp.aspect.word)\n".utf8))
        }
        mark("captures", &stream)
        for capture in observation.captures {
            stream.update(text(capture.at) + Array("\(capture.lane.number) \(capture.camera)\n".utf8))
        }
        mark("photos", &stream)
        for photo in observation.photosAtCentral { stream.update(photo.bytes) }
        stream.update(text(observation.restedAt ?? Interval(nanoseconds: -1)))
        for trouble in observation.troubles { stream.update(Array("\(trouble)\n".utf8)) }
        return stream.finish()
    }

    private static func text(_ interval: Interval) -> [UInt8] { Array("\(interval.nanoseconds)\n".utf8) }

    private static func mark(_ word: String, _ stream: inout DigestStream) { stream.update(Array("\(word)\n".utf8)) }
}
