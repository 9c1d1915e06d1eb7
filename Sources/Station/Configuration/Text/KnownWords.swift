/// The words that may stand at a place, and which of them someone most likely meant.
package struct KnownWords: Sendable {
    package let words: [String]

    package init(_ words: [String]) { self.words = words }

    /// The nearest word: at most a third of its letters other, case apart; nil when none is near.
    package func nearest(to typed: String) -> String? {
        let typed = Array(typed.lowercased().utf8)
        guard typed.count <= Self.longestTyped else { return nil }
        let near = words.map { (word: $0, distance: Self.distance(typed, Array($0.lowercased().utf8))) }
        guard let best = near.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance * 3 <= max(3, best.word.utf8.count) && best.distance < best.word.utf8.count
            ? best.word : nil
    }

    /// `; did you mean "gapHold"?`, or nothing.
    package func hint(for typed: String) -> String {
        nearest(to: typed).map { "; did you mean \"\($0)\"?" } ?? ""
    }

    /// A longer one is no typing error, and comparing costs its length times the word's.
    private static let longestTyped = 64

    /// Damerau–Levenshtein (optimal string alignment): two swapped neighbours count as one.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var before: [Int] = []
        var above: [Int] = []
        var row = Array(0...b.count)
        for i in a.indices {
            (before, above) = (above, row)
            row[0] = i + 1
            for j in b.indices {
                row[j + 1] = min(above[j] + (a[i] == b[j] ? 0 : 1), above[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { row[j + 1] = min(row[j + 1], before[j - 1] + 1) }
            }
        }
        return row[b.count]
    }
}
