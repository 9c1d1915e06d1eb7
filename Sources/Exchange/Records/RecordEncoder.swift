import Lane

/// Writes the canonical bytes of records. Total: every draft has a body of at most `Record.mostBytes`.
package struct RecordEncoder: Sendable {
    package var context: RecordContext

    package init(context: RecordContext) { self.context = context }

    /// The body of a record: one line without its newline.
    package func body(of draft: RecordDraft, sequence: Sequence, stamp: Stamp) -> [UInt8] {
        var writer = RecordWriter()
        writer.openObject()
        writeHead(type: Self.type(of: draft), sequence, stamp, into: &writer)
        switch draft {
        case .passage(let passage, let photos): write(passage, photos, stamp, into: &writer)
        case .strayRead(let stray): write(stray, stamp, into: &writer)
        case .replayedRead(let read): write(read, stamp, into: &writer)
        case .event(let event): write(event, into: &writer)
        case .gap(let gap): write(gap, stamp, into: &writer)
        }
        writer.closeObject()
        return writer.bytes
    }

    /// The word of a record's type.
    private static func type(of draft: RecordDraft) -> String {
        switch draft {
        case .passage: "passage"
        case .strayRead: "strayRead"
        case .replayedRead: "replayedRead"
        case .event: "event"
        case .gap: "gap"
        }
    }

    private func writeHead(type: String, _ sequence: Sequence, _ stamp: Stamp, into writer: inout RecordWriter) {
        writer.integer("v", Record.format)
        writer.integer("station", context.station.number)
        writer.text("journal", context.journal.hex)
        writer.integer("sequence", sequence.number)
        writer.text("type", type)
        writer.text("boot", context.boot, atMost: 36)
        writer.moment("at", stamp.at, stamp.utc)
        writer.text("clock", stamp.clock.word)
    }

    /// What the decision was made under, so that it can be derived again (I4).
    func writeCircumstances(into writer: inout RecordWriter) {
        writer.text("listName", context.list, atMost: RecordContext.longestName)
        writer.text("configuration", String(context.configuration.hex.prefix(16)))
        writer.text("profile", context.profile, atMost: RecordContext.longestName)
    }
}
