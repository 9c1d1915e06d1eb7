import FoundationEssentials
import Lane

/// What can be asked of the decision thread.
package enum Question: Hashable, Sendable {
    case status
    /// What the list in force says of a tag.
    case lookup(TagNumber)
}

/// What the decision thread answers, by the question's kind.
package enum Answer: Hashable, Sendable {
    case status(StatusReport)
    case lookup(LookupReport)

    /// As it goes over the control socket: pretty, and in a fixed order.
    var json: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let data =
                switch self {
                case .status(let report): try encoder.encode(report)
                case .lookup(let report): try encoder.encode(report)
                }
            return Array(data) + [0x0A]
        }
    }
}
