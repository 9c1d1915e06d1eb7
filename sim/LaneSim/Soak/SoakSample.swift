import Lane

/// How large everything of a station was at a quiet moment of a day: nothing waited to be written or delivered.
struct SoakSample: Sendable {
    /// Days from the first moment on.
    let day: Int
    /// By what was measured, in words.
    var sizes: [String: Int] = [:]
    /// The oldest record that the journal still has was sealed so long ago; nil: it has none.
    var oldest: Interval?
}
