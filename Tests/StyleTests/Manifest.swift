/// What Package.swift says of its libraries: `library("Lights", ["Lane"], …)`.
struct Manifest {
    /// A library and what it may link.
    struct Library: Equatable {
        let name: String
        let dependencies: [String]
        let line: Int
    }

    let libraries: [Library]

    init(_ file: SourceFile) {
        let bytes = Array(file.text.utf8)
        libraries = file.tokens.indices.compactMap { index in
            let token = file.tokens[index]
            let isCall = index == 0 || !["func", "."].contains(file.tokens[index - 1].text)
            guard token.text == "library", isCall else { return nil }
            let call = bytes[token.end...].prefix { $0 != UInt8(ascii: "]") }
            let words = String(decoding: call, as: UTF8.self).split(separator: "\"", omittingEmptySubsequences: false)
            let names = words.indices.filter { $0 % 2 == 1 }.map { String(words[$0]) }
            guard let name = names.first else { return nil }
            return Library(name: name, dependencies: Array(names.dropFirst()), line: token.line)
        }
    }
}
