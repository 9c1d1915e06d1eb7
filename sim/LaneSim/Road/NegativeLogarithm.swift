/// −ln of a fraction, by a table of whole numbers: no two libraries agree on the last bit of a logarithm.
package enum NegativeLogarithm {
    /// In 2⁻³².
    package static let one = UInt64(1) << 32
    /// How many intervals there are between 1 and ½.
    private static let intervals = 256
    /// −ln(1 − i ÷ 512) for i from 0 to 256, in 2⁻⁴⁸; the last is ln 2.
    private static let table: [UInt64] = {
        var sums: [UInt64] = [0]
        for i in 0..<intervals {
            // ln((512 − i) ÷ (511 − i)) = 2 artanh(1 ÷ (1023 − 2 i)), whose series ends at once.
            let divisor = UInt64(1_023 - 2 * i)
            var power = (UInt64(2) << 48) / divisor
            var sum: UInt64 = 0
            var odd: UInt64 = 1
            while power > 0 {
                sum += power / odd
                power /= divisor * divisor
                odd += 2
            }
            sums.append(sums[i] + sum)
        }
        return sums
    }()

    /// −ln(number ÷ 2⁶⁴) in 2⁻³²; of 0 it is 64 ln 2. Between the places of the table a straight line, which is 2 ÷ 1 000 000 too
    /// much at the most.
    package static func of(_ number: UInt64) -> UInt64 {
        let halvings = number.leadingZeroBitCount
        // What is missing from 1, of a number shifted into ½ … 1.
        let missing = 0 &- (number << UInt64(halvings))
        let place = Int(missing >> 55)
        let rest = (missing & ((1 << 55) - 1)) >> 39
        let from = table[place]
        let step = place < intervals ? table[place + 1] - from : 0
        return (UInt64(halvings) * table[intervals] + from + ((step * rest) >> 16)) >> 16
    }
}
