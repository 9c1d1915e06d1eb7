import Testing

@testable import TagReader

@Suite struct `The CRC of a frame` {
    @Test(arguments: [(ECPCRC.printed, UInt16(0xBEEF)), (.xmodem, 0x31C3), (.ccittFalse, 0x29B1)])
    func `has the check value of its variant`(variant: ECPCRC, check: UInt16) {
        #expect(variant.remainder(over: "123456789".utf8) == check)
    }

    @Test func `is the characters themselves over two of them, as printed`() {
        #expect(ECPCRC.printed.digits(over: "4@".utf8) == Array("3440".utf8))
    }

    @Test(arguments: vectors) func `is right in the frames of the manuals`(frame: String) {
        let body = frame.utf8.dropFirst()
        #expect(ECPCRC.printed.digits(over: body.dropLast(4)) == Array(body.suffix(4)))
    }
}

/// Frames without their end, from the readers' manuals, checked by hand against the printed algorithm.
let vectors = [
    "#4KING 13029A91", "#4@3440", "#4?343F",
    "#6KING 1302%01-0-1F-0E11E", "#6@3640",
    "#0Model E4 Ver 1.00 SN123456924E", "#0@3040", "#2Copyright 2008 TransCore8B26", "#2@3240",
    "#1011643", "#1DoneC0B1", "#3003600", "#3DoneAED1", "#56119DC4", "#5Done1C71", "#36103763",
    "#7521C8C5", "#7RDID 014476", "#9526EBCD", "#9IOST C0 O0 I1 D4F7F7", "#1ErrorF39C",
]
