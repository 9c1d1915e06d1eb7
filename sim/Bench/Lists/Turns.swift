/// The sides of a comparison take turns in which goes first.
enum Turns {
    static func order<Side: CaseIterable>(_ sides: Side.Type, _ round: Int) -> [Side] {
        let all = Array(sides.allCases)
        let first = round % all.count
        return Array(all[first...] + all[..<first])
    }
}
