import Testing

@Suite struct BlockTests {
    private func blocks(_ text: String) -> [String]? {
        SourceFile(path: "Sources/Lane/A.swift", text: text).blocks?.map { block in
            let kind =
                switch block.kind {
                case .type(let name): "type \(name)"
                case .extension(let name): "extension \(name)"
                case .code: block.isInCode ? "inner" : "code"
                }
            return "\(kind) \(block.firstLine)-\(block.lastLine)"
        }
    }

    @Test func `types, extensions and functions are told apart`() {
        let text = """
            struct A<T>: B {
                let b = Int.init(1)
                var c: Int { 1 }
                init(class d: Int) {
                    if d > 1 {
                    }
                }
            }
            extension A.B where C: D {
                class func e(
                    f: Int
                ) { }
                static let g: [Int] = {
                    enum H { case i }
                }()
            }
            """
        #expect(
            blocks(text) == [
                "type A 1-8", "code 3-3", "code 4-7", "inner 5-6", "extension A.B 9-16", "code 10-12", "code 13-15",
                "type H 14-14",
            ])
    }

    @Test func `a suite whose name is a sentence is a type`() {
        #expect(blocks("struct `A func {` { func `init { }`() { } }") == ["type __________ 1-1", "code 1-1"])
    }

    @Test func `braces that do not match are no blocks`() {
        #expect(blocks("a { ") == nil)
        #expect(blocks("a } ") == nil)
        #expect(blocks("") == [])
    }
}
