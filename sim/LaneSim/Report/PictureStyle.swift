/// Colours and letters of a picture; light background, no font that has to be fetched, nothing below 11 pixels.
enum PictureStyle {
    static let sheet = """
        <style>
        text { font-family: "DejaVu Sans", Verdana, Arial, sans-serif; font-size: 11px; fill: #333333; }
        .title { font-size: 18px; font-weight: bold; } .lead { font-size: 13px; } .lane { font-size: 14px; font-weight: bold; }
        .name, .wrong, .faultText, .listText { paint-order: stroke; stroke: #ffffff; stroke-width: 3px; stroke-linejoin: round; }
        .row { fill: #555555; } .name { font-weight: bold; } .wrong { fill: #c62828; font-weight: bold; }
        .good { fill: #2e7d32; font-weight: bold; font-size: 13px; } .bad { fill: #c62828; font-size: 13px; }
        .badge { fill: #c62828; } .badgeText { fill: #ffffff; font-weight: bold; }
        .road { fill: #f7f7f5; stroke: #cccccc; } .station { fill: #f3f6fa; stroke: #cccccc; }
        .zone { fill: #d6e6f5; } .detector { stroke: #555555; stroke-dasharray: 5 4; } .grid { stroke: #dddddd; }
        .vehicle { fill: #4a5a6a; fill-opacity: 0.45; stroke: #4a5a6a; } .failed { fill: #e57373; stroke: #c62828; }
        .beside { stroke-dasharray: 4 3; }
        .read { fill: #1b8a3a; } .damaged { fill: #c62828; } .leaked { fill: #8e24aa; }
        .tick { stroke-width: 2; } .readTick { stroke: #1b8a3a; } .takenTick { stroke: #333333; } .damagedTick { stroke: #c62828; } .leakedTick { stroke: #8e24aa; }
        .level { fill: none; stroke: #333333; stroke-width: 1.5; }
        .passage { stroke-width: 1; } .kind { fill: #c3e6c8; stroke: #2e7d32; } .notice { fill: #ffffff; stroke: #2e7d32; }
        .strict { fill: #f6dfae; stroke: #b26a00; } .wrongPassage { fill: #fbd5d5; stroke: #c62828; stroke-width: 2; }
        .lamp { stroke: #777777; } .top { fill: #f2b705; } .white { fill: #ffffff; } .green { fill: #35c46a; }
        .kept { fill: #333333; } .thrown { fill: #ffffff; stroke: #999999; } .missing { fill: #fbd5d5; stroke: #c62828; }
        .lens { fill: #ffffff; stroke: #777777; }
        .fault { fill: url(#hatch); stroke: #b26a00; stroke-dasharray: 2 3; } .faultText { fill: #8a5200; }
        .faultLine { stroke: #b26a00; stroke-width: 1.5; stroke-dasharray: 2 3; } .list { stroke: #1f4e79; stroke-width: 1.5; stroke-dasharray: 7 3; } .listText { fill: #1f4e79; }
        </style>
        <defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
        <rect width="2" height="8" fill="#b26a00" fill-opacity="0.22"/></pattern></defs>
        """

    /// A picture's own explanation: what each mark means. Gives the last row's place.
    static func legend(_ canvas: inout PictureCanvas, top: Int) -> Int {
        var x = 16
        var y = top
        func place(_ words: String) -> PictureCanvas.Point {
            let width = 30 + words.count * 6 + 16
            if x + width > PictureScale.width - 16 {
                x = 16
                y += 20
            }
            defer { x += width }
            return PictureCanvas.Point(x: x, y: y)
        }
        for (style, words) in boxes {
            let at = place(words)
            canvas.box(at.x, at.y - 10, 22, 12, style)
            canvas.text(words, PictureCanvas.Point(x: at.x + 28, y: at.y))
        }
        for (style, words) in dots {
            let at = place(words)
            canvas.dot(PictureCanvas.Point(x: at.x + 12, y: at.y - 4), radius: 3, style)
            canvas.text(words, PictureCanvas.Point(x: at.x + 28, y: at.y))
        }
        for (style, words) in cameras {
            let at = place(words)
            canvas.camera(PictureCanvas.Point(x: at.x + 12, y: at.y - 4), style, title: words)
            canvas.text(words, PictureCanvas.Point(x: at.x + 28, y: at.y))
        }
        return y
    }

    private static let boxes = [
        ("vehicle", "vehicle on its way, time to the right, travel upwards"),
        ("vehicle failed", "an expectation of it failed"),
        ("zone", "antenna zone"), ("passage kind", "passage, approved"), ("passage notice", "with notice"),
        ("passage strict", "not approved"), ("passage wrongPassage", "wrong"), ("lamp green", "green light"),
        ("lamp white", "white"),
        ("lamp top", "top: yellow or camera"), ("fault", "fault"),
    ]
    private static let dots = [
        ("read", "tag read"), ("damaged", "tag heard, damaged"), ("leaked", "heard in another lane"),
    ]
    private static let cameras = [
        ("photo kept", "photo kept"), ("photo thrown", "discarded"), ("photo missing", "missing"),
    ]
}
