/// The ways in which the bytes of a line or a file may reach a parser.
enum Cuts {
    /// What comes out of the whole input; a finding if something else comes out where it is cut.
    ///
    /// - Parameter body: parses the pieces, from a new parser on.
    static func indifferent<Result: Equatable>(
        _ bytes: [UInt8], _ body: ([[UInt8]]) throws -> Result
    ) throws -> Result {
        let whole = try body([bytes])
        try Finding.unless(try body(bytes.map { [$0] }) == whole, "byte by byte, something else comes out")
        try Finding.unless(try body(byChance(bytes)) == whole, "cut by chance, something else comes out")
        return whole
    }

    /// Pieces of 0 to 30 bytes, by chance that is drawn from the input's own bytes: a run can be repeated.
    private static func byChance(_ bytes: [UInt8]) -> [[UInt8]] {
        var chance = bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            chance = chance &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let length = Int(chance >> 33 % 31)
            pieces.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return pieces
    }
}
