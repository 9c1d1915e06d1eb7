/// The truth against the station: how many came to what, by cause.
package struct ConfusionMatrix: Hashable, Sendable {
    /// One cause: the state of the tag, or the fault in force.
    package struct Row: Hashable, Sendable {
        package var cause: String
        /// As many as there are columns.
        package var counts: [Int]
    }

    /// `vehicles`, `tags`, `decisions`, `lights` or `photos`.
    package let title: String
    package let columns: [String]
    /// In the order in which their causes came up first on the road.
    package private(set) var rows: [Row] = []

    package init(_ title: String, columns: [String]) {
        self.title = title
        self.columns = columns
    }

    package mutating func add(_ column: Int, because cause: String, count: Int = 1) {
        guard count > 0 else { return }
        let row = rows.firstIndex { $0.cause == cause } ?? rows.endIndex
        if row == rows.endIndex { rows.append(Row(cause: cause, counts: columns.map { _ in 0 })) }
        rows[row].counts[column] += count
    }

    /// The sum of a column over all causes.
    package func sum(_ column: Int) -> Int { rows.reduce(0) { $0 + $1.counts[column] } }

    /// The sum of everything.
    package var total: Int { columns.indices.reduce(0) { $0 + sum($1) } }
}
