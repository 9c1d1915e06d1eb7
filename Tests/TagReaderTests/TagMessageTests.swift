import Testing

@testable import TagReader

@Suite struct `A tag message` {
    private func parsed(_ text: String) -> (text: String, time: String?, port: UInt8) {
        let message = TagMessage(Array(text.utf8))
        return (
            String(decoding: message.text, as: UTF8.self), message.time.map { String(decoding: $0, as: UTF8.self) },
            message.antennaPort
        )
    }

    @Test func `is text, time and auxiliary part`() {
        #expect(parsed("KING 1302") == ("KING 1302", nil, 0))
        #expect(parsed("KING 1302%01-0-1F-0") == ("KING 1302", nil, 0))
        #expect(parsed("KING 1302 &12:34:56.78 01/31/26") == ("KING 1302", "12:34:56.78 01/31/26", 0))
        #expect(parsed("KING 1302&12:34:56.78 01/31/26%01-3-00-F") == ("KING 1302", "12:34:56.78 01/31/26", 3))
        #expect(parsed("  1234567890  %FF-1-0A-2-123") == ("1234567890", nil, 1))
    }

    @Test func `is taken apart from the right, because a text may hold the marks`() {
        #expect(parsed("A&B%C#D%01-2-1F-0") == ("A&B%C#D", nil, 2))
        #expect(parsed("%01-2-1F-0%01-3-1F-0") == ("%01-2-1F-0", nil, 3))
        #expect(parsed("KING%01-0-1F-") == ("KING%01-0-1F-", nil, 0))
        #expect(parsed("") == ("", nil, 0))
        #expect(parsed("   ") == ("", nil, 0))
    }

    @Test(arguments: ["KING 1302&12:34:56.78 01/31/26%01-3-00-F-123", "#%&", "Model"])
    func `of any beginning of a text is some message`(text: String) {
        for count in 0...text.utf8.count { #expect(TagMessage(Array(text.utf8.prefix(count))).text.count <= count) }
    }
}

@Suite struct `A message of the reader` {
    private func message(_ text: String) -> ReaderMessage {
        ReaderMessage(Array(text.utf8), reportPrefixes: ["Presence", "Input"])
    }

    @Test func `is a sign-on, an error, a report, or else a tag's text`() {
        #expect(message("Model E4 Ver 1.00 SN123456") == .signOn)
        #expect(message("Copyright 2008 TransCore") == .signOn)
        #expect(message("Error06") == .error(6))
        #expect(message("Error11") == .error(0x11))
        #expect(message("Presence without tag") == .report)
        #expect(message("Input 1") == .report)
        #expect(message("Done") == .report)
        #expect(message("KING 1302") == .tag(TagMessage(Array("KING 1302".utf8))))
        #expect(message("ERROR06") == .tag(TagMessage(Array("ERROR06".utf8))))
    }
}
