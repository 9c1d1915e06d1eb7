/// A place where a rule is broken.
struct Finding: CustomStringConvertible, Equatable {
    let path: String
    let line: Int
    let text: String

    /// As compilers print it, so that editors jump there.
    var description: String { "\(path):\(line): \(text)" }
}
