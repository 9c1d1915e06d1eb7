extension Rule {
    static let imports = [downward, arrowsOfPage]

    private static let downward = Rule(
        name: "imports follow the arrows of ARCHITECTURE.md",
        broken: [
            file("Sources/Lane/A.swift", "import FoundationEssentials"),
            file("Sources/Lane/A.swift", "import Glibc"),
            file("Sources/Storage/A.swift", "package import struct Lane.Passage"),
            file("Sources/TagReader/A.swift", "import Lights"),
            file("Sources/TagReader/A.swift", "import Glibc"),
            file("Sources/Lights/A.swift", "private import Synchronization"),
            file("Sources/Sync/A.swift", "import CSQLite"),
            file("Sources/Sync/A.swift", "import Foundation"),
            file("Sources/Station/A.swift", "import Dispatch"),
            file("Sources/Station/A.swift", "import Central"),
            file("Sources/Station/Daemon/main.swift", "import Lane"),
            file("Sources/Nowhere/A.swift", "import Lane"),
            file("Tests/SyncTests/A.swift", "@testable import Foundation"),
            file("Tests/SyncTests/A.swift", "import CSQLite"),
        ],
        kept: [
            file("Sources/Storage/A.swift", "import CSQLite\nimport CLinux\nimport Glibc\nimport FoundationEssentials"),
            file("Sources/Station/Loop/A.swift", "package import Lane\nimport Synchronization"),
            file("Sources/Station/Daemon/main.swift", "import Glibc\nimport Station"),
            file(
                "Tests/StorageTests/A.swift",
                "import Testing\nimport CSQLite\n@testable import Storage\n// import Foundation"),
        ]
    ) { Repository.arrows.findings(in: $0) }

    /// What Package.swift allows is what the page says, so that neither grows behind the other's back.
    private static let arrowsOfPage = Rule(
        name: "Package.swift and ARCHITECTURE.md have the same arrows",
        broken: [
            file("Package.swift", #"library("Lane", ["Lights"])"#),
            file("Package.swift", #"library("Nowhere", [])"#),
        ],
        kept: [file("Package.swift", #"library("Lane", []), library( "Lights", ["Lane"], at: "b")"#)]
    ) { file in
        guard file.path == "Package.swift" else { return [] }
        return Manifest(file).libraries.compactMap { library in
            let row = Repository.arrows.row(of: library.name)
            guard let row else {
                return Finding(path: file.path, line: library.line, text: "\(library.name) is not on the page")
            }
            let onPage = Set(row.mayImport + row.aloneImports)
            let differing = onPage.symmetricDifference(library.dependencies).sorted()
            return differing.isEmpty
                ? nil
                : Finding(
                    path: file.path, line: library.line, text: "\(library.name): \(differing) only here or on the page")
        }
    }

    private static func file(_ path: String, _ text: String) -> SourceFile { SourceFile(path: path, text: text) }
}
