/// An expectation that did not come true, said so that a stranger can go on from there.
package struct ExpectationFailure: Hashable, Sendable, CustomStringConvertible {
    /// Where the expectation stands.
    package let place: SourcePlace
    /// Whose it is: `vehicle kari`, or the name of an expectation on the whole run.
    package let subject: String
    /// What is expected something of: `outcome`, `light`, or a figure.
    package let what: String
    package let expected: String
    package let came: String
    /// Why it came so, as far as truth and record tell; empty when nothing is known.
    package var because = ""
    /// The vehicle's number in the road plan, so that a picture can mark it.
    package var vehicle: Int?

    package init(_ place: SourcePlace, _ subject: String, _ what: String, expected: String, came: String) {
        self.place = place
        self.subject = subject
        self.what = what
        self.expected = expected
        self.came = came
    }

    /// One line: `morning.lane:12:9: vehicle kari: outcome: expected approved, came noTag: no read of its tag succeeded`.
    package var description: String { "\(place): \(text)" }

    /// The line without its place.
    package var text: String {
        "\(subject): \(what): expected \(expected), came \(came)" + (because.isEmpty ? "" : ": \(because)")
    }
}
