/// A picture of squares of 8 × 8 pixels, each of one colour, as a baseline JPEG (ITU-T T.81).
///
/// A block of one colour has a DC coefficient only, so the encoder needs no transform:
///
/// ```
/// SOI APP0 DQT SOF0 DHT(DC) DHT(AC) SOS  then for each block Y, Cb, Cr: DC difference, end of block  EOI
/// ```
package struct BlockPicture: Hashable, Sendable {
    /// A colour as JPEG has it, each part 0 to 255.
    package struct Colour: Hashable, Sendable {
        package let luminance: UInt8
        package let blue: UInt8
        package let red: UInt8

        package init(_ luminance: UInt8, blue: UInt8 = 128, red: UInt8 = 128) {
            self.luminance = luminance
            self.blue = blue
            self.red = red
        }
    }

    /// Width and height in blocks of 8 pixels.
    package let columns: Int
    package let rows: Int
    private var blocks: [Colour]

    /// A picture of one colour, at most 255 blocks wide and high.
    package init(columns: Int, rows: Int, filledWith colour: Colour) {
        precondition((1...255).contains(columns) && (1...255).contains(rows), "its sizes fit the frame header")
        self.columns = columns
        self.rows = rows
        blocks = Array(repeating: colour, count: columns * rows)
    }

    /// Paints the blocks of a rectangle, as far as it lies in the picture.
    package mutating func fill(_ across: Range<Int>, _ down: Range<Int>, with colour: Colour) {
        for row in down.clamped(to: 0..<rows) {
            for column in across.clamped(to: 0..<columns) { blocks[row * columns + column] = colour }
        }
    }

    /// The picture as a JPEG file.
    package var jpeg: [UInt8] {
        var bits = BitWriter()
        var previous = [0, 0, 0]
        for colour in blocks {
            for (component, value) in [colour.luminance, colour.blue, colour.red].enumerated() {
                // Eight times the mean, quantised by 8.
                let level = Int(value) - 128
                bits.write(difference: level - previous[component])
                previous[component] = level
                bits.write(0, count: 1)
            }
        }
        return header + bits.finished + [0xFF, 0xD9]
    }

    private var header: [UInt8] {
        let (width, height) = (columns * 8, rows * 8)
        let start: [UInt8] = [0xFF, 0xD8] + segment(0xE0, Array("JFIF\0".utf8) + [1, 1, 0, 0, 1, 0, 1, 0, 0])
        let quantisation = segment(0xDB, [0] + [UInt8](repeating: 8, count: 64))
        let frame = segment(
            0xC0,
            [
                8, UInt8(height >> 8), UInt8(height & 0xFF), UInt8(width >> 8), UInt8(width & 0xFF), 3, 1, 0x11, 0, 2,
                0x11,
                0, 3, 0x11, 0,
            ])
        // DC: the codes of T.81 table K.3. AC: one code, a single 0, for the end of the block.
        let dc = segment(0xC4, [0x00, 0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0] + (0...11))
        let ac = segment(0xC4, [0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        let scan = segment(0xDA, [3, 1, 0x00, 2, 0x00, 3, 0x00, 0, 63, 0])
        return start + quantisation + frame + dc + ac + scan
    }

    private func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        let length = content.count + 2
        return [0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)] + content
    }

    /// Writes bits, most significant first, with a zero byte after each FF.
    private struct BitWriter {
        private static let codes: [(code: Int, count: Int)] = [
            (0b00, 2), (0b010, 3), (0b011, 3), (0b100, 3), (0b101, 3), (0b110, 3), (0b1110, 4), (0b11110, 5),
            (0b111110, 6),
        ]

        private var bytes: [UInt8] = []
        private var current = 0
        private var filled = 0

        mutating func write(difference: Int) {
            let category = Int.bitWidth - abs(difference).leadingZeroBitCount
            let (code, count) = Self.codes[category]
            write(code, count: count)
            write(difference < 0 ? difference + (1 << category) - 1 : difference, count: category)
        }

        mutating func write(_ value: Int, count: Int) {
            for place in (0..<count).reversed() {
                current = current << 1 | value >> place & 1
                filled += 1
                if filled == 8 { flush() }
            }
        }

        /// All bytes, the last one filled with ones.
        var finished: [UInt8] {
            var writer = self
            while writer.filled > 0 { writer.write(1, count: 1) }
            return writer.bytes
        }

        private mutating func flush() {
            bytes.append(UInt8(current))
            if current == 0xFF { bytes.append(0) }
            current = 0
            filled = 0
        }
    }
}
