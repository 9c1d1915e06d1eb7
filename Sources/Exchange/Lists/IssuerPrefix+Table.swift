import Lane

/// The issuers for which a list speaks, as a table behind its buckets. Of 16 bytes each, ascending as bytes compare, none twice:
///
///      0  1  number system: 0x0 PAN, 0xA printed, 0xB agency serial, 0xC ATA text
///      1  1  how many characters, up to 12
///      2  2  zero
///      4 12  characters, ASCII, padded with zeros
extension IssuerPrefix {
    /// The most issuers of a list. Europe has some hundreds.
    package static let mostOfList = 1_000
    static let tableRowBytes = 16
    private static let charactersAt = 4

    /// The bytes of some issuers, in the order of the table and each once.
    static func table(of issuers: [IssuerPrefix]) -> [UInt8] {
        var last: [UInt8] = []
        var table: [UInt8] = []
        for row in issuers.map(\.tableRow).sorted(by: { $0.lexicographicallyPrecedes($1) }) where row != last {
            table += row
            last = row
        }
        return table
    }

    /// The issuers of a table; refused when one is no issuer or not behind the one before.
    init(table row: ArraySlice<UInt8>, behind last: ArraySlice<UInt8>?, place: Int) throws(ListError) {
        let count = Int(row[row.startIndex + 1])
        let characters = row[(row.startIndex + Self.charactersAt)...]
        guard last.map({ $0.lexicographicallyPrecedes(row) }) ?? true,
            let system = TagNumber.System(rawValue: row[row.startIndex]), count <= characters.count,
            let prefix = IssuerPrefix(
                system: system, digits: String(decoding: characters.prefix(count), as: UTF8.self)),
            prefix.tableRow == Array(row)
        else { throw .malformedIssuer(issuer: place) }
        self = prefix
    }

    private var tableRow: [UInt8] {
        let characters = Array(digits.utf8)
        let padding = [UInt8](repeating: 0, count: Self.tableRowBytes - Self.charactersAt - characters.count)
        return [system.rawValue, UInt8(characters.count), 0, 0] + characters + padding
    }
}

extension Mapping {
    /// The table of issuers at an offset.
    func issuers(_ count: Int, at offset: Int) throws(ListError) -> [IssuerPrefix] {
        let size = IssuerPrefix.tableRowBytes
        let table = bytes(offset..<offset + count * size)
        var issuers: [IssuerPrefix] = []
        var last: ArraySlice<UInt8>?
        for place in 0..<count {
            let row = table[place * size..<(place + 1) * size]
            issuers.append(try IssuerPrefix(table: row, behind: last, place: place))
            last = row
        }
        return issuers
    }
}
