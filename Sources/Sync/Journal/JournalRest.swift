import Exchange

/// What a journal knows of itself beside its file: enough to go on with it in another connection.
package struct JournalRest: Sendable {
    let path: String
    let context: RecordContext
    let chain: Journal.Chain
    let opened: JournalState
}
