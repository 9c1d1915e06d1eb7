import Lane

/// The profiles that come with the program: the columns of the decision table (tolling facts §2).
extension LightProfile {
    /// S2's general rules with S3's places: green, white, yellow.
    ///
    /// - Parameter noticeOverdue: the sources leave it open whether an overdue agreement is warned: green, or white.
    package static func classic(noticeOverdue: Aspect = .green) -> LightProfile {
        LightProfile(name: "classic", top: .yellow) { outcome in
            outcome == .noticeOverdue ? noticeOverdue : aspect(for: outcome, refused: .top)
        }
    }

    /// S2's local rules of Bergen: green, white, and nothing for whoever is not approved.
    package static let bergen = LightProfile(name: "bergen", top: .yellow) { aspect(for: $0, refused: .dark) }

    /// S1: green, white, and a camera symbol that says a photo is taken.
    package static let camera = LightProfile(name: "camera", top: .camera) { aspect(for: $0, refused: .top) }

    /// All of Norway since 2019-04-06: nothing is ever lit.
    package static let dark = LightProfile(name: "dark", top: .yellow) { _ in .dark }

    /// The profiles that a configuration can name without writing one.
    package static let shipped = [classic(), bergen, camera, dark]

    private static func aspect(for outcome: Outcome, refused: Aspect) -> Aspect {
        switch outcome {
        case .approved: .green
        case .noticePrepaidLow, .noticeOverdue: .white
        case .blocked, .denied, .expired, .notYetValid, .notOnList, .issuerNotAccepted, .malformed,
            .authenticationFailed, .unreadable, .noTag:
            refused
        // The station cannot judge: a light would claim that it had.
        case .unjudged, .readerDown: .dark
        }
    }
}
