import Camera
import Testing

@Suite("The shape of a JPEG")
struct JPEGShapeTests {
    @Test func `a whole image is known with its size`() throws {
        let shape = try JPEGShape(of: Sample.jpeg)
        #expect(shape.width == 1_280)
        #expect(shape.height == 720)
    }

    @Test func `padding behind the end is let pass, anything else is not`() throws {
        _ = try JPEGShape(of: Sample.jpeg + [0x0D, 0x0A, 0, 0])
        #expect(throws: JPEGShape.Flaw.trailing(at: Sample.jpeg.count + 1)) {
            try JPEGShape(of: Sample.jpeg + [0, 0x2D])
        }
        #expect(throws: JPEGShape.Flaw.self) { try JPEGShape(of: Sample.jpeg + Sample.jpeg) }
    }

    @Test func `every truncation is refused`() {
        for length in 0..<Sample.jpeg.count {
            #expect(throws: JPEGShape.Flaw.self) { try JPEGShape(of: Array(Sample.jpeg[..<length])) }
        }
    }

    @Test func `every flipped bit is refused, or the shape is still whole`() {
        for index in Sample.jpeg.indices {
            for bit in 0..<8 {
                var bytes = Sample.jpeg
                bytes[index] ^= 1 << bit
                do {
                    let shape = try JPEGShape(of: bytes)
                    #expect(shape.width > 0 && shape.height > 0)
                } catch {
                    #expect(index < bytes.count)
                }
            }
        }
    }

    @Test func `each flaw has its name`() {
        let start: [UInt8] = [0xFF, 0xD8]
        let frame: [UInt8] = [0xFF, 0xC2, 0x00, 0x0B, 0x08, 0x00, 0x01, 0x00, 0x01, 0x01, 0x01, 0x11, 0x00]
        let scan: [UInt8] = [0xFF, 0xDA, 0x00, 0x02, 0x12]
        let end: [UInt8] = [0xFF, 0xD9]
        let flaws: [([UInt8], JPEGShape.Flaw)] = [
            (Array("<html>".utf8), .noStart), ([], .noStart), (start, .cutOff), (start + [0x00], .noMarker(at: 2)),
            (start + end, .noFrame), (start + frame + end, .noScan), (start + scan + end, .noFrame),
            (start + frame + scan, .cutOff), (start + start, .noMarker(at: 2)),
            (start + [0xFF, 0xE0, 0x00, 0x01], .badLength(at: 4)), (start + [0xFF, 0xE0, 0x00, 0x09], .cutOff),
            (start + [0xFF, 0xC0, 0x00, 0x0B, 8, 0, 0, 0, 1, 1, 1, 0x11, 0], .emptyFrame),
            (start + [0xFF, 0xC0, 0x00, 0x0B, 8, 0, 1, 0, 1, 2, 1, 0x11, 0], .badLength(at: 4)),
        ]
        for (bytes, flaw) in flaws { #expect(throws: flaw) { try JPEGShape(of: bytes) } }
    }
}
