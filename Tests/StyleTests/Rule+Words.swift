extension Rule {
    static let words = [traps, sleeping, unsafeWord, swiftPackages, programs]

    /// What stops the program or silences the compiler.
    private static let traps = Rule(
        name: "no try!, fatalError, @unchecked Sendable or nonisolated(unsafe)",
        broken: [
            code("let a = try! b()"), code("fatalError(\"no\")"), code("final class A: @unchecked Sendable { }"),
            code("nonisolated(unsafe) var a = 1"), code("let a = \"\\(try! b())\""),
        ],
        kept: [
            code("// try! it\nlet a = \"fatalError(\\\"\"; let b = try !c()"),
            code("func `a fatalError() is no test`() { }"),
        ]
    ) { file in
        ["try!", "fatalError(", "@unchecked", "nonisolated(unsafe)"].flatMap { word in
            file.lines(of: word).map { Finding(path: file.path, line: $0, text: word) }
        }
    }

    private static let sleeping = Rule(
        name: "no test sleeps",
        broken: ["sleep(1)", "usleep(1)", "Thread.sleep(forTimeInterval: 1)", "try await Task.sleep(for: .seconds(1))"]
            .map {
                SourceFile(path: "Tests/LaneTests/ATests.swift", text: "struct ATests { func a() { \($0) } }")
            },
        kept: [SourceFile(path: "Tests/LaneTests/ATests.swift", text: "struct ATests { let sleep = asleep(1) }")]
    ) { file in
        guard file.isTest else { return [] }
        return ["sleep(", "usleep(", "nanosleep(", "clock_nanosleep("].flatMap { word in
            file.lines(of: word).map { Finding(path: file.path, line: $0, text: "a test sleeps: take a manual clock") }
        }
    }

    /// The word marks memory that Swift does not look after: it belongs beside the C call that needs it.
    private static let unsafeWord = Rule(
        name: "unsafe stands only in files that import a C module or Glibc",
        broken: [code("import FoundationEssentials\nlet a = unsafe b()")],
        kept: [
            code("import CSQLite\nlet a = unsafe b()"), code("import Glibc\nlet a = unsafe b()"),
            code("let a = b.unsafelyKnown // unsafe"),
        ]
    ) { file in
        guard !file.imports.contains(where: { Module($0.module).isC }) else { return [] }
        return file.lines(of: "unsafe").map {
            Finding(path: file.path, line: $0, text: "unsafe in a file that imports no C module")
        }
    }

    private static let swiftPackages = Rule(
        name: "Package.swift names no Swift package",
        broken: [SourceFile(path: "Package.swift", text: "let a = [\n.package(url: \"b\", from: \"1.0.0\")]")],
        kept: [SourceFile(path: "Package.swift", text: "let package = Package(name: \"a\") // .package(")]
    ) { file in
        guard file.path == "Package.swift" else { return [] }
        return file.lines(of: ".package(").map { Finding(path: file.path, line: $0, text: "a Swift package") }
    }

    /// A closure there is inferred to run on the main actor, and dies on its first call from another thread.
    private static let programs = Rule(
        name: "main.swift has no closure and no function",
        broken: [SourceFile(path: "Sources/Station/Daemon/main.swift", text: "import Station\nrun { print(1) }")],
        kept: [SourceFile(path: "Sources/Station/Daemon/main.swift", text: "import Station\nrun() // {")]
    ) { file in
        guard file.name == "main.swift" else { return [] }
        return (file.blocks ?? []).map { Finding(path: file.path, line: $0.firstLine, text: "a brace in main.swift") }
    }

    private static func code(_ text: String) -> SourceFile { SourceFile(path: "Sources/Storage/A.swift", text: text) }
}
