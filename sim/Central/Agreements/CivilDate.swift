import Exchange
import Lane

/// Dates of the agreements file, always UTC: `2026-01-31`, or to the quarter of an hour `2026-01-31T12:15Z`.
enum CivilDate {
    /// Why a word is no date.
    enum Fault: Error, Hashable {
        case shape
        /// No such day or hour, or a year outside 2000 to 2099.
        case day
        case quarter
    }

    static func parse(_ word: ArraySlice<UInt8>) throws(Fault) -> UTC {
        guard hasShape(word) else { throw .shape }
        let text = String(decoding: word, as: UTF8.self)
        let whole = word.count == 10 ? text + "T00:00:00.000Z" : text.dropLast() + ":00.000Z"
        guard text.hasPrefix("20"), let moment = UTC(text: whole) else { throw .day }
        guard moment.milliseconds % 900_000 == 0 else { throw .quarter }
        return moment
    }

    private static func hasShape(_ word: ArraySlice<UInt8>) -> Bool {
        let shape = Array("0000-00-00T00:00Z".utf8)
        guard word.count == 10 || word.count == shape.count else { return false }
        return zip(word, shape).allSatisfy { byte, expected in
            expected == 0x30 ? (0x30...0x39).contains(byte) : byte == expected
        }
    }
}
