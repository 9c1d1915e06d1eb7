extension Rule {
    static let names = [forbiddenNames, namedLikeModule, principalType]

    private static let forbidden: Set = [
        "Manager", "Managers", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Service", "Services",
        "Handler",
        "Handlers", "Base", "Common",
    ]

    private static let forbiddenNames = Rule(
        name: "no type is named Manager, Helper, Util, Service, Handler, Base or Common",
        broken: [
            sample("Sources/Lane/PortManager.swift", "struct PortManager { }"),
            sample("Sources/Lane/A.swift", "struct A { private enum BaseReader { } }"),
            sample("Sources/Lane/A.swift", "typealias EventHandler = () -> Void"),
        ],
        kept: [
            sample("Sources/Lane/Database.swift", "struct Database { } // the Manager\nenum Commons { case base }")
        ]
    ) { file in
        file.types.filter { !forbidden.isDisjoint(with: camelWords($0.name)) }.map {
            Finding(path: file.path, line: $0.line, text: "the name \($0.name) says nothing")
        }
    }

    private static let namedLikeModule = Rule(
        name: "no type is named like its module",
        broken: [sample("Sources/Lane/Lane.swift", "package struct Lane { }")],
        kept: [sample("Sources/Lane/Passage.swift", "package struct Passage { }")]
    ) { file in
        file.types.filter { $0.name == file.target }.map {
            Finding(path: file.path, line: $0.line, text: "\($0.name).\($0.name) cannot be written")
        }
    }

    static let principalType = Rule(
        name:
            "X.swift declares X, X+Topic.swift extends X, and only a file without types of its own is named after a topic",
        broken: [
            sample("Sources/Lane/Passage.swift", "struct Vehicle { func passages() { } }"),
            sample("Sources/Lane/Passage.swift", "extension Vehicle { }; extension Vehicle.Wheel { }"),
            sample("Sources/Lane/Words.swift", "extension Vehicle { }; extension Wheel { }; struct Word { }"),
            sample("Sources/Lane/Passage+Text.swift", "struct Passage { }"),
            sample("Sources/Lane/Passage+Text.swift", "extension Vehicle { }"),
        ],
        kept: [
            sample("Sources/Lane/Passage.swift", "struct Vehicle { }\nstruct Passage { }"),
            sample("Sources/Lane/Passage.swift", "extension Lane.Passage { }"),
            sample("Sources/Lane/Moves.swift", "package func move() { }"),
            sample("Sources/Lane/Words.swift", "extension Vehicle { }; extension Wheel { }"),
            sample("Sources/Lane/Word.swift", "package typealias Word = UInt16"),
            sample("Sources/Lane/Passage+Text.swift", "extension Passage { }"),
            sample("Sources/Lane/Flags+Text.swift", "extension Passage.Flags { }"),
            sample("Sources/Lane/Passage+Words.swift", "extension Passage.Flags { }"),
            sample("Sources/Station/Daemon/main.swift", "run()"),
            sample("Tests/LaneTests/PassageTests.swift", "struct `A passage` { }"),
        ]
    ) { file in
        let stem = String(file.name.dropLast(".swift".count))
        let parts = stem.split(separator: "+", maxSplits: 1).map(String.init)
        guard let principal = parts.first, !file.tokens.isEmpty, file.target != nil, !file.isTest, stem != "main" else {
            return []
        }
        let extended = (file.blocks ?? []).compactMap { block in
            if case .extension(let name) = block.kind { name.split(separator: ".").map(String.init) } else { nil }
        }
        let hasTypes = (file.blocks ?? []).contains { if case .type = $0.kind { $0.depth == 0 } else { false } }
        let isTopic = !hasTypes && Set(extended.compactMap(\.first)).count != 1
        let isExtended = extended.contains { $0.contains(principal) }
        let isDeclared = parts.count == 1 && file.types.contains { $0.name == principal }
        let verb = parts.count == 1 ? "declare" : "extend"
        return isTopic || isExtended || isDeclared
            ? [] : [Finding(path: file.path, line: 1, text: "the file does not \(verb) \(principal)")]
    }

    /// `EventHandler` → Event, Handler; `HTTPServer` → H, T, T, P, Server.
    private static func camelWords(_ name: String) -> [String] {
        var words: [String] = []
        for character in name {
            if character.isUppercase || words.isEmpty { words.append("") }
            words[words.count - 1].append(character)
        }
        return words
    }

    private static func sample(_ path: String, _ text: String) -> SourceFile { SourceFile(path: path, text: text) }
}
