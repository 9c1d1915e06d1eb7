import Testing

@testable import Fuzz

@Suite struct CutsTests {
    private let bytes = Array("a line\nand another\n".utf8)

    @Test func `what comes out of the whole is given, where cutting does not matter`() throws {
        #expect(try Cuts.indifferent(bytes) { $0.joined().count } == bytes.count)
    }

    @Test func `a parser that minds how its bytes are cut is found`() {
        #expect(throws: Finding.self) { try Cuts.indifferent(bytes) { $0.count } }
        #expect(throws: Finding.self) { try Cuts.indifferent(bytes) { $0.first?.count } }
    }
}
