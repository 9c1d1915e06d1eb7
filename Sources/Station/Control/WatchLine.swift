import Exchange
import FoundationEssentials
import Lane

/// A passage as `watch` shows it: one server-sent event with these members as JSON.
package struct WatchLine: Codable, Hashable, Sendable {
    /// `decided`, `revised`, `closed` or `stray`.
    package var moment: PassageNotice.Moment
    package var sequence: UInt64?
    package var lane: UInt8
    /// The time of the passage.
    package var utc: String
    package var outcome: String
    package var aspect: String
    /// `system:digits` for who asked for it, else the system only; nil without a tag.
    package var tag: String?
    /// How many cameras were triggered for it.
    package var photos: Int
    package var flags: [String]
    /// Millimetres per second, and millimetres; nil without a second detector.
    package var speed: Int64?
    package var length: Int64?
    /// Whole milliseconds from the leading edge to the decision.
    package var decidedAfter: Int64

    package init(_ notice: PassageNotice, clear: Bool) {
        moment = notice.moment
        sequence = notice.sequence?.number
        lane = notice.lane.number
        utc = notice.utc.text
        outcome = notice.outcome.word
        aspect = notice.aspect
        tag = notice.tag.map { clear ? "\($0.system):\($0.clear)" : "\($0.system)" }
        photos = notice.photos
        flags = Passage.Flags.words.filter { notice.flags.contains($0.0) }.map(\.1)
        speed = notice.motion?.speed.millimetresPerSecond
        length = notice.motion?.length.millimetres
        decidedAfter = notice.decidedAfter.milliseconds
    }

    /// The bytes of a server-sent event.
    var event: [UInt8] { Array("data: \(json)\n\n".utf8) }

    /// The members as one line of JSON.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        } catch {
            preconditionFailure("strings and integers always encode")
        }
    }
}
