/// What does not hold for an input. It never shows the input.
package struct Finding: Error, Hashable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }

    /// Holds a property: it is a finding where it does not hold.
    static func unless(_ holds: Bool, _ sentence: @autoclosure () -> String) throws(Finding) {
        guard holds else { throw Finding(sentence()) }
    }
}
