/// What a person wants done with the agreement list, through the running station.
package enum ListOrder: Hashable, Sendable {
    /// Go back to the list before the one in force (`station list back`). What was left is not taken again, only a higher version.
    case back
    /// Take this list, by the rules of one that central gave (`station list adopt`): a whole list, a change on the one in force, or all
    /// parts of one list. Absolute paths.
    case adopt([String])
}

/// What came of an order: what was done, or why not.
package struct ListReply: Codable, Hashable, Sendable {
    package var isDone: Bool
    /// One line for whoever gave the order.
    package var text: String

    package init(isDone: Bool, text: String) {
        self.isDone = isDone
        self.text = text
    }
}
