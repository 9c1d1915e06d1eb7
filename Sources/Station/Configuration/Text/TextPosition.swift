/// A place in a text file, counted from 1; columns are characters as editors count them (Unicode scalars).
package struct TextPosition: Hashable, Comparable, Sendable {
    package let line: Int
    package let column: Int
    /// The file, where a text is made of several; nil: the one that is being read.
    package let file: String?

    package init(line: Int, column: Int, file: String? = nil) {
        self.line = line
        self.column = column
        self.file = file
    }

    package static func < (a: TextPosition, b: TextPosition) -> Bool { (a.line, a.column) < (b.line, b.column) }
}
