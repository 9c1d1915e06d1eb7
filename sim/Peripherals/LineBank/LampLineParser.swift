import Devices
import Lane

/// Parses what a station sends to a line bank, in whatever pieces it comes; total and bounded.
///
/// ```
/// lamps <head> <top><white><green>\n      head 1 to 255, each place 0 or 1
/// ```
struct LampLineParser: Sendable {
    /// A longer line is no line of ours: `lamps 255 111` is 13.
    static let longestLine = 32

    private var line: [UInt8] = []
    private var isTooLong = false

    /// The lines that these bytes complete; nil for one that was not understood.
    mutating func take(_ bytes: ArraySlice<UInt8>) -> [(LaneNumber, HeadPlaces)?] {
        var lines: [(LaneNumber, HeadPlaces)?] = []
        for byte in bytes {
            guard byte == UInt8(ascii: "\n") else {
                if line.count < Self.longestLine { line.append(byte) } else { isTooLong = true }
                continue
            }
            lines.append(isTooLong ? nil : Self.parse(line))
            line.removeAll(keepingCapacity: true)
            isTooLong = false
        }
        return lines
    }

    private static func parse(_ line: [UInt8]) -> (LaneNumber, HeadPlaces)? {
        let words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard words.count == 3, words[0].elementsEqual("lamps".utf8), words[2].count == 3,
            words[1].allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let head = UInt8(String(decoding: words[1], as: UTF8.self)), head > 0
        else { return nil }
        var places: HeadPlaces = []
        for (digit, place) in zip(words[2], [HeadPlaces.top, .white, .green]) {
            switch digit {
            case UInt8(ascii: "1"): places.insert(place)
            case UInt8(ascii: "0"): break
            default: return nil
            }
        }
        return (LaneNumber(head), places)
    }
}
