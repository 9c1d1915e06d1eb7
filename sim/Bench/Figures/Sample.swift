/// Measurements of one kind, in order of size.
struct Sample<Value: Comparable> {
    private let sorted: [Value]

    /// In order of size.
    var values: [Value] { sorted }

    /// - Parameter values: at least one.
    init(_ values: [Value]) {
        precondition(!values.isEmpty, "a sample has at least one value")
        sorted = values.sorted()
    }

    var count: Int { sorted.count }

    /// The smallest value that so many per cent of all values do not exceed (nearest rank): 50 is the median.
    func percentile(_ percent: Int) -> Value {
        precondition((1...100).contains(percent), "a percentile is one of 1 to 100")
        return sorted[(sorted.count * percent + 99) / 100 - 1]
    }

    var median: Value { percentile(50) }
    var lowerQuartile: Value { percentile(25) }
    var upperQuartile: Value { percentile(75) }
}
