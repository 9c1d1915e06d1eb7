/// Everything that is counted of a run: for each figure how many, and of how many.
package struct Figures: Hashable, Sendable {
    /// A count and what it is a part of; nil where it is a part of nothing.
    package struct Count: Hashable, Sendable {
        package var count = 0
        package var of: Int?

        package init(_ count: Int = 0, of: Int? = nil) {
            self.count = count
            self.of = of
        }

        /// In parts of a million, rounded down; nil when there is nothing that it could be a part of.
        package var partsPerMillion: Int? {
            guard let of, of > 0 else { return nil }
            return Int(Int64(count) * 1_000_000 / Int64(of))
        }
    }

    /// In the order of `Figure.allCases`.
    private var counts = Figure.allCases.map { _ in Count() }

    package init() {}

    package subscript(figure: Figure) -> Count {
        get { counts[Self.place(figure)] }
        set { counts[Self.place(figure)] = newValue }
    }

    private static let places = Dictionary(
        uniqueKeysWithValues: Figure.allCases.enumerated().map { ($0.element, $0.offset) })

    private static func place(_ figure: Figure) -> Int {
        guard let place = places[figure] else { preconditionFailure("each figure is one of all cases") }
        return place
    }
}
