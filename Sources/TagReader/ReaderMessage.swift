/// What a reader says of its own accord.
package enum ReaderMessage: Hashable, Sendable {
    case tag(TagMessage)
    /// The reader has started: `Model …`, then often a line `Copyright …`.
    case signOn
    /// `Error06` and the like: an alarm of its own.
    case error(UInt8)
    /// A presence or input report, or a `Done` that no command waits for: neither a tag nor a fault.
    case report

    /// Every data has a meaning; what is nothing else is a tag's text, for the site's rule to judge.
    package init(_ data: [UInt8], reportPrefixes: [String]) {
        if data.starts(with: "Model".utf8) || data.starts(with: "Copyright".utf8) {
            self = .signOn
        } else if data.starts(with: "Error".utf8), data.count <= 7 {
            self = .error(UInt8(truncatingIfNeeded: Hex.value(of: data.dropFirst(5)) ?? 0))
        } else if data == Array("Done".utf8) || reportPrefixes.contains(where: { data.starts(with: $0.utf8) }) {
            self = .report
        } else {
            self = .tag(TagMessage(data))
        }
    }
}
