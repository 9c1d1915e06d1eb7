import Lane

/// Vehicles and passages of one lane, laid side by side in their order so that the sum of all differences is the least.
///
/// A vehicle has one passage, none, or several that follow each other; a passage is a vehicle's or nobody's. What pairs
/// two of them is the time, never what was decided. It is found by dynamic programming over the passages that a vehicle could
/// have opened, so that the cost grows with the traffic and not with its square.
struct LaneAlignment {
    /// A vehicle as its lane should see it.
    struct Candidate: Hashable {
        /// Its place in the road plan.
        let number: Int
        let at: Interval
        let leaves: Interval
        /// From the first answer of its tags in this lane to the last, where there is one.
        var heard: ClosedRange<Interval>?
        /// It drives on the line between two lanes, of which either may see it.
        var mayBeElsewhere = false
    }

    /// Costs are nanoseconds of difference. A vehicle without a passage and a passage without a vehicle together cost more than any
    /// pair, so that pairs are made where they can be; and less than two bad pairs, so that one hole does not shift all that
    /// follows. A further passage of one vehicle costs less than one that is nobody's.
    private enum Cost {
        static let missed = Interval.milliseconds(300).nanoseconds
        static let missedHere = Interval.milliseconds(150).nanoseconds
        static let invented = Interval.milliseconds(300).nanoseconds
        static let further = Interval.milliseconds(200).nanoseconds
        static let mostOfPair = Interval.milliseconds(440).nanoseconds
        /// The end of a passage says less than its start: that of a vehicle seen in parts is far from its first passage's.
        static let mostOfEnd = Interval.milliseconds(200).nanoseconds
        static let impossible = Int64.max / 4
    }

    /// Of the first so many vehicles, with the first so many passages: the least cost in any case, and when the last of those
    /// passages is the last vehicle's. Beyond the row each passage is nobody's.
    private struct Row {
        let columns: ClosedRange<Int>
        var least: [Int64] = []
        var paired: [Int64] = []

        func least(_ column: Int) -> Int64 {
            let inside = min(column, columns.upperBound)
            return least[inside - columns.lowerBound] + Int64(column - inside) * Cost.invented
        }

        func paired(_ column: Int) -> Int64 {
            columns.contains(column) ? paired[column - columns.lowerBound] : Cost.impossible
        }
    }

    private let candidates: [Candidate]
    private let passages: [SeenPassage]
    private let tolerance: Interval
    private var rows: [Row] = []

    /// - Parameters:
    ///   - candidates: in the order of `at`.
    ///   - passages: in the order of their starts.
    ///   - tolerance: a passage starts so long before its vehicle comes or after it leaves, at the most.
    init(_ candidates: [Candidate], _ passages: [SeenPassage], within tolerance: Interval) {
        self.candidates = candidates
        self.passages = passages
        self.tolerance = tolerance
        var row = Row(columns: 0...0)
        row.least = [0]
        row.paired = [Cost.impossible]
        rows = [row]
        for (index, columns) in bands().enumerated() { rows.append(self.row(of: index, columns)) }
    }

    /// The places of each candidate's passages, in their order; nothing for one without.
    var pairs: [[Int]] {
        var pairs: [[Int]] = candidates.map { _ in [] }
        var column = passages.count
        var index = candidates.count
        while index > 0 {
            column = min(column, rows[index].columns.upperBound)
            let least = rows[index].least(column)
            if least == rows[index].paired(column) {
                repeat {
                    pairs[index - 1].insert(column - 1, at: 0)
                    column -= 1
                } while rows[index].paired(column + 1) != rows[index - 1].least(column) + cost(index - 1, column)
                index -= 1
            } else if least == rows[index - 1].least(column) + costOfMissing(index - 1) {
                index -= 1
            } else {
                column -= 1
            }
        }
        return pairs
    }

    /// For each candidate, how many passages may lie before and with it: both ends only grow.
    private func bands() -> [ClosedRange<Int>] {
        var bands = candidates.map { candidate in
            let first = min(candidate.at, candidate.heard?.lowerBound ?? candidate.at) - tolerance
            let last = max(candidate.leaves, candidate.heard?.upperBound ?? candidate.leaves) + tolerance
            let from = passages.firstPlace { $0.start >= first }
            return from...max(from, passages.firstPlace { $0.start > last })
        }
        for index in bands.indices.dropFirst() where bands[index].upperBound < bands[index - 1].upperBound {
            bands[index] = bands[index].lowerBound...bands[index - 1].upperBound
        }
        for index in bands.indices.dropLast().reversed() where bands[index].lowerBound > bands[index + 1].lowerBound {
            bands[index] = bands[index + 1].lowerBound...bands[index].upperBound
        }
        return bands
    }

    private func row(of index: Int, _ columns: ClosedRange<Int>) -> Row {
        let before = rows[index]
        var row = Row(columns: columns)
        for column in columns {
            let missing = before.least(column) + costOfMissing(index)
            guard let left = row.least.last, let pairedLeft = row.paired.last else {
                // No passage before this column can be this vehicle's.
                row.least.append(missing)
                row.paired.append(Cost.impossible)
                continue
            }
            let cost = cost(index, column - 1)
            let further = pairedLeft + (cost < Cost.impossible ? costOfFurther(index, column - 1) : cost)
            let paired = min(before.least(column - 1) + cost, further, Cost.impossible)
            row.paired.append(paired)
            row.least.append(min(paired, missing, left + Cost.invented))
        }
        return row
    }

    private func costOfMissing(_ index: Int) -> Int64 {
        candidates[index].mayBeElsewhere ? Cost.missedHere : Cost.missed
    }

    /// What a further passage costs: more, the further away the vehicle is, so that it is not that of one that follows closely.
    private func costOfFurther(_ index: Int, _ place: Int) -> Int64 {
        let candidate = candidates[index]
        let start = passages[place].start
        let first = min(candidate.at, candidate.heard?.lowerBound ?? candidate.at)
        let last = max(candidate.leaves, candidate.heard?.upperBound ?? candidate.leaves)
        let away = max(start - last, max(first - start, .zero))
        return Cost.further + away.nanoseconds / 4
    }

    /// How badly a passage fits a vehicle.
    private func cost(_ index: Int, _ place: Int) -> Int64 {
        let candidate = candidates[index]
        let passage = passages[place]
        let first = min(candidate.at, candidate.heard?.lowerBound ?? candidate.at) - tolerance
        let last = max(candidate.leaves, candidate.heard?.upperBound ?? candidate.leaves) + tolerance
        guard passage.start >= first, passage.start <= last else { return Cost.impossible }
        guard !passage.isByReadAlone else {
            // A tag opened it: a vehicle of which none was heard cannot have.
            guard let heard = candidate.heard else { return Cost.impossible }
            return min(abs((passage.start - heard.lowerBound).nanoseconds), Cost.mostOfPair)
        }
        let end = passage.end.map { min(abs(($0 - candidate.leaves).nanoseconds) / 4, Cost.mostOfEnd) } ?? 0
        return min(abs((passage.start - candidate.at).nanoseconds) + end, Cost.mostOfPair)
    }
}

extension Array {
    /// The place of the first element for which it holds; it holds for all after it.
    fileprivate func firstPlace(where holds: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
