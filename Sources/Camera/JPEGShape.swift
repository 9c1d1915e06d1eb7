/// Whether bytes are one whole JPEG image, by walking its segments (ITU-T T.81, annex B).
///
///     FF D8 │ FF E0 len len … │ FF DB len len … │ FF C0 len len P Y Y X X N … │ FF DA len len … scan data … │ FF D9
///     SOI   │ APP0            │ DQT             │ SOF: frame, height, width   │ SOS and what it compresses  │ EOI
///
/// In scan data FF is followed by 00 (a data byte), by D0 to D7 (a restart), or begins the next segment. Nothing is decoded:
/// that the picture is cut off, or is no picture, is seen; that a pixel is wrong is not.
package struct JPEGShape: Hashable, Sendable {
    /// Why bytes are no image.
    package enum Flaw: Error, Hashable, Sendable {
        case noStart
        case noMarker(at: Int)
        case badLength(at: Int)
        case cutOff
        /// A scan comes before the frame that it belongs to.
        case noFrame
        case emptyFrame
        case noScan
        /// More than padding follows the image's end.
        case trailing(at: Int)
    }

    package let width: Int
    package let height: Int

    package init(of bytes: [UInt8]) throws(Flaw) {
        guard bytes.count >= 2, bytes[0] == 0xFF, bytes[1] == 0xD8 else { throw .noStart }
        var walk = Walk(bytes: bytes, place: 2)
        while try walk.segment() {}
        guard let frame = walk.frame else { throw .noFrame }
        guard walk.hasScan else { throw .noScan }
        // Some cameras pad to a block or end with a line end.
        if let rest = bytes[walk.place...].firstIndex(where: { ![0x00, 0x0A, 0x0D].contains($0) }) {
            throw .trailing(at: rest)
        }
        (width, height) = (frame.width, frame.height)
    }

    private struct Walk {
        let bytes: [UInt8]
        var place: Int
        var frame: (width: Int, height: Int)?
        var hasScan = false

        /// Takes one segment; false at the end of the image.
        mutating func segment() throws(Flaw) -> Bool {
            let marker = try marker()
            switch marker {
            case 0xD9: return false
            case 0xDA:
                guard frame != nil else { throw .noFrame }
                _ = try body()
                hasScan = true
                try skipScan()
            case 0xC0...0xCF where marker != 0xC4 && marker != 0xC8 && marker != 0xCC: try takeFrame()
            case 0x00, 0x01, 0xD0...0xD8: throw .noMarker(at: place - 2)
            default: _ = try body()
            }
            return true
        }

        /// The byte behind one or more FF.
        private mutating func marker() throws(Flaw) -> UInt8 {
            guard place < bytes.count else { throw .cutOff }
            guard bytes[place] == 0xFF else { throw .noMarker(at: place) }
            while place < bytes.count, bytes[place] == 0xFF { place += 1 }
            guard place < bytes.count else { throw .cutOff }
            place += 1
            return bytes[place - 1]
        }

        /// What follows a segment's length, which counts itself.
        private mutating func body() throws(Flaw) -> ArraySlice<UInt8> {
            guard place + 2 <= bytes.count else { throw .cutOff }
            let length = Int(bytes[place]) << 8 | Int(bytes[place + 1])
            guard length >= 2 else { throw .badLength(at: place) }
            guard place + length <= bytes.count else { throw .cutOff }
            defer { place += length }
            return bytes[place + 2..<place + length]
        }

        private mutating func takeFrame() throws(Flaw) {
            let start = place
            let body = Array(try body())
            guard body.count >= 6, body.count == 6 + 3 * Int(body[5]) else { throw .badLength(at: start) }
            let height = Int(body[1]) << 8 | Int(body[2])
            let width = Int(body[3]) << 8 | Int(body[4])
            guard width > 0, height > 0, body[5] > 0 else { throw .emptyFrame }
            frame = (width, height)
        }

        private mutating func skipScan() throws(Flaw) {
            while true {
                guard let mark = bytes[place...].firstIndex(of: 0xFF), mark + 1 < bytes.count else { throw .cutOff }
                switch bytes[mark + 1] {
                case 0x00, 0xD0...0xD7: place = mark + 2
                case 0xFF: place = mark + 1
                default:
                    place = mark
                    return
                }
            }
        }
    }
}
