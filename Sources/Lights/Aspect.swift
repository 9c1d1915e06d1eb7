/// What a light head shows: one of its three places, or none. There is no way to write two (I9).
///
///      ┌─────────┐
///      │   top   │  yellow lamp, line or camera symbol, by site (S3: yellow on top)
///      │  white  │  plus sign
///      │  green  │  plus sign
///      └─────────┘
package enum Aspect: UInt8, CaseIterable, Sendable {
    case dark
    case top
    case white
    case green

    /// The word by which profiles and the configuration name the place.
    package var word: String {
        switch self {
        case .dark: "dark"
        case .top: "top"
        case .white: "white"
        case .green: "green"
        }
    }

    /// The aspect that a word names; nil when none has it.
    package init?(word: some StringProtocol) {
        guard let aspect = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = aspect
    }

    /// The levels of the head's three places, at most one of them lit.
    package var lamps: (top: Bool, white: Bool, green: Bool) { (self == .top, self == .white, self == .green) }
}
