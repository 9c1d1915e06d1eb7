import Exchange
import Lane

/// What becomes of photos in the fleet: stored at once, thrown away where none is due, now and then a camera is silent.
struct FleetPictures: Sendable {
    /// A photo's size in bytes. Assumption.
    private static let bytes = 180_000
    private static let exposure = Interval.milliseconds(35)
    /// One trigger in so many goes unanswered. Assumption.
    private static let silent: UInt64 = 500

    /// Digests of pictures that nobody took; each photo takes the next of them.
    private let digests: [Digest]
    private var taken: UInt64 = 0

    init() { digests = (0..<64).map { Digest(of: Array("picture \($0)".utf8)) } }

    /// The results of a closed passage's triggers.
    mutating func results(of passage: Passage) -> [PhotoResult] {
        passage.triggers.map { trigger in
            taken += 1
            return PhotoResult(camera: trigger.camera, trigger: trigger.at, fate(passage, trigger))
        }
    }

    private func fate(_ passage: Passage, _ trigger: Passage.Trigger) -> PhotoResult.Fate {
        guard !taken.isMultiple(of: Self.silent) else { return .missing(.cameraSilent) }
        guard passage.photosAreDue else { return .discarded }
        let digest = digests[Int(taken % UInt64(digests.count))]
        return .stored(digest, bytes: Self.bytes + Int(taken & 0xFFF), at: trigger.at + Self.exposure)
    }
}
