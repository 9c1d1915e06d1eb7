/// SVG as text, in whole pixels: what is drawn later lies above.
struct PictureCanvas {
    /// A point in pixels.
    struct Point: Hashable {
        let x: Int
        let y: Int
    }

    private(set) var elements: [String] = []
    /// What lies above everything else, such as labels.
    private var above: [String] = []

    /// A rectangle, with a word for what it means when the mouse is over it.
    mutating func box(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ style: String, title: String = "") {
        let shape =
            "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(max(1, width))\" height=\"\(max(1, height))\" class=\"\(style)\""
        add(shape, title, "rect")
    }

    mutating func line(_ from: Point, _ to: Point, _ style: String, title: String = "") {
        add("<line x1=\"\(from.x)\" y1=\"\(from.y)\" x2=\"\(to.x)\" y2=\"\(to.y)\" class=\"\(style)\"", title, "line")
    }

    mutating func area(_ points: [Point], _ style: String, title: String = "") {
        add("<polygon points=\"\(Self.list(points))\" class=\"\(style)\"", title, "polygon")
    }

    mutating func path(_ points: [Point], _ style: String) {
        add("<polyline points=\"\(Self.list(points))\" class=\"\(style)\"", "", "polyline")
    }

    mutating func dot(_ at: Point, radius: Int, _ style: String, title: String = "") {
        add("<circle cx=\"\(at.x)\" cy=\"\(at.y)\" r=\"\(radius)\" class=\"\(style)\"", title, "circle")
    }

    /// `anchor` is `start`, `middle` or `end`.
    mutating func text(_ words: String, _ at: Point, _ style: String = "", anchor: String = "start") {
        let place = anchor == "start" ? "" : " text-anchor=\"\(anchor)\""
        let look = style.isEmpty ? "" : " class=\"\(style)\""
        above.append("<text x=\"\(at.x)\" y=\"\(at.y)\"\(place)\(look)>\(Self.escaped(words))</text>")
    }

    /// A camera of 14 by 10 pixels, its lens in the middle.
    mutating func camera(_ at: Point, _ style: String, title: String) {
        let body = "M\(at.x - 7) \(at.y - 4)h4l2 -3h4l2 3h3v9h-15z"
        add("<path d=\"\(body)\" class=\"\(style)\"", title, "path")
        dot(at, radius: 3, "lens")
    }

    /// Draws into a rectangle, and nothing outside of it.
    mutating func clipped(to name: String, _ draw: (inout PictureCanvas) -> Void) {
        elements.append("<g clip-path=\"url(#\(name))\">")
        draw(&self)
        elements.append("</g>")
    }

    mutating func raw(_ element: String) { elements.append(element) }

    /// The whole, `height` pixels high.
    func svg(width: Int, height: Int, style: String, title: String) -> String {
        let head = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)">
            <title>\(Self.escaped(title))</title>
            \(style)
            <rect width="\(width)" height="\(height)" fill="#ffffff"/>

            """
        return head + (elements + above).joined(separator: "\n") + "\n</svg>\n"
    }

    private mutating func add(_ shape: String, _ title: String, _ element: String) {
        guard !title.isEmpty else { return elements.append(shape + "/>") }
        elements.append("\(shape)><title>\(Self.escaped(title))</title></\(element)>")
    }

    private static func list(_ points: [Point]) -> String {
        points.map { "\($0.x),\($0.y)" }.joined(separator: " ")
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
    }
}
