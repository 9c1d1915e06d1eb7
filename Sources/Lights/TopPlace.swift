/// What a site has built into the top place of its heads; it differs between sites and means the same (tolling facts §4).
package enum TopPlace: UInt8, CaseIterable, Sendable {
    /// A yellow lamp (S2).
    case yellow
    /// A yellow line (S3).
    case line
    /// A yellow camera symbol (S1).
    case camera

    /// The word by which records, `watch` and the configuration name it.
    package var word: String {
        switch self {
        case .yellow: "yellow"
        case .line: "line"
        case .camera: "camera"
        }
    }

    /// The top place that a word names; nil when none has it.
    package init?(word: some StringProtocol) {
        guard let place = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = place
    }
}
