import FoundationEssentials
import Lane
import Sync

/// What can be asked of the decision thread.
package enum Question: Hashable, Sendable {
    case status
    /// What the list in force says of a tag.
    case lookup(TagNumber)
    /// Go back to the list before the one in force; answered when it is done, or not.
    case listBack
    /// Take the list in these files: a whole one, a change, or all parts of one. Absolute paths; answered when it is done, or not.
    case listAdopt([String])
}

/// What the decision thread answers, by the question's kind.
package enum Answer: Hashable, Sendable {
    case status(StatusReport)
    case lookup(LookupReport)
    case list(ListReply)

    /// As it goes over the control socket: pretty, and in a fixed order.
    var json: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let data =
                switch self {
                case .status(let report): try encoder.encode(report)
                case .lookup(let report): try encoder.encode(report)
                case .list(let reply): try encoder.encode(reply)
                }
            return Array(data) + [0x0A]
        }
    }
}
