/// The word that someone most likely meant: at most two letters other, and less than half of it; nil when none is near.
package func nearestWord(to typed: String, among words: [String]) -> String? {
    let typed = typed.lowercased()
    guard typed.utf8.count <= longestTypedWord else { return nil }
    let near = words.map { (word: $0, distance: editDistance(Array(typed.utf8), Array($0.utf8))) }
    guard let best = near.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= 2 && best.distance * 2 < best.word.utf8.count ? best.word : nil
}

/// A longer one is no typing error, and comparing costs its length times the word's.
private let longestTypedWord = 64

/// Levenshtein, where two swapped neighbours count as two.
private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (i, letter) in a.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for j in b.indices {
            let replaced = diagonal + (letter == b[j] ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
        }
    }
    return row[b.count]
}
