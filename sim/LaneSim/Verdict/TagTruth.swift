import Lane
import Station
import TagReader

/// A tag in a vehicle as it truly is: what can be read of it, and how it lies there.
struct TagTruth: Hashable {
    /// What of it can reach the station at all.
    enum Readable: Hashable {
        /// Its text.
        case whole
        /// Word that a tag is there, and no text.
        case damaged
        case nothing
    }

    /// How well it can be heard, in words.
    let words: String
    let readable: Readable
    /// It can be read, and no attempt succeeded.
    let isUnheard: Bool
    /// What the site's rule makes of its text.
    let content: HeardRead.Content

    init(_ tag: RoadTag, by rule: TagText) {
        content = rule.content(of: Array(tag.text.utf8))
        let isSound: Bool
        switch tag.mounting {
        case .good, .wrong, .loose: isSound = true
        case .metalWindscreen, .foil, .dead: isSound = false
        }
        let mounting = Self.words(for: tag.mounting)
        if tag.heard > 0 {
            (readable, isUnheard, words) = (.whole, false, mounting)
        } else if tag.damaged > 0 {
            (readable, isUnheard, words) = (.damaged, false, isSound ? "damaged answers" : mounting)
        } else {
            readable = isSound ? .whole : .nothing
            (isUnheard, words) = (isSound, isSound ? "\(mounting), never heard" : mounting)
        }
    }

    /// Its number; nil: its text is none, or cannot be read.
    var number: TagNumber? {
        guard readable == .whole, case .tag(let number) = content else { return nil }
        return number
    }

    private static func words(for mounting: TagSpec.Mounting) -> String {
        switch mounting {
        case .good: "good tag"
        case .wrong: "tag mounted wrongly"
        case .metalWindscreen: "tag behind metal"
        case .foil: "tag in foil"
        case .loose: "loose tag"
        case .dead: "dead tag"
        }
    }
}
