/// A confusion matrix as a table of text: a row for each cause, a dash for none.
struct MatrixTable {
    let lines: [String]

    init(_ matrix: ConfusionMatrix) {
        let first = ([matrix.title] + matrix.rows.map { "  \($0.cause)" }).map(\.count).max() ?? 0
        func line(_ head: String, _ cells: [String]) -> String {
            head.padded(to: first)
                + zip(cells, matrix.columns).map { "  " + $0.leftPadded(to: $1.count) }.joined()
        }
        lines =
            [line(matrix.title, matrix.columns)]
            + matrix.rows.map { row in line("  \(row.cause)", row.counts.map { $0 == 0 ? "-" : "\($0)" }) }
    }
}

extension String {
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
