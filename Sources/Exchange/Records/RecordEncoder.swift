import Lane

/// Writes the canonical bytes of records. Total: every draft has a body of at most `Record.mostBytes`.
package struct RecordEncoder: Sendable {
    package var context: RecordContext { didSet { phrases = RecordPhrases(of: context) } }
    private(set) var phrases: RecordPhrases

    package init(context: RecordContext) {
        self.context = context
        phrases = RecordPhrases(of: context)
    }

    /// The body of a record: one line without its newline.
    package func body(of draft: RecordDraft, sequence: Sequence, stamp: Stamp) -> [UInt8] {
        var writer = RecordWriter()
        write(draft, sequence: sequence, stamp: stamp, into: &writer)
        return writer.bytes
    }

    /// Writes the body behind what the writer has.
    package func write(_ draft: RecordDraft, sequence: Sequence, stamp: Stamp, into writer: inout RecordWriter) {
        writer.openRecord()
        writer.phrase(phrases.head, of: phrases)
        writer.integer("sequence", sequence.number)
        switch draft {
        case .passage: writer.word("type", "passage")
        case .strayRead: writer.word("type", "strayRead")
        case .replayedRead: writer.word("type", "replayedRead")
        case .event: writer.word("type", "event")
        case .gap, .lost: writer.word("type", "gap")
        }
        writer.phrase(phrases.boot, of: phrases)
        writer.moment("at", stamp.at, stamp.utc)
        switch stamp.clock {
        case .good: writer.word("clock", "good")
        case .unknown: writer.word("clock", "unknown")
        }
        switch draft {
        case .passage(let passage, let photos): write(passage, photos, stamp, into: &writer)
        case .strayRead(let stray): write(stray, stamp, into: &writer)
        case .replayedRead(let read): write(read, stamp, into: &writer)
        case .event(let event): write(event, into: &writer)
        case .gap(let gap): write(gap, stamp, into: &writer)
        case .lost(let lost): write(lost, into: &writer)
        }
        writer.closeObject()
    }

    /// What the decision was made under, so that it can be derived again (I4).
    func writeCircumstances(into writer: inout RecordWriter) { writer.phrase(phrases.circumstances, of: phrases) }
}
