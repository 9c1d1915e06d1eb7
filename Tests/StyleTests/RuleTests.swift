import Testing

/// The style of the house, and the proof that each rule sees what it is for.
@Suite struct RuleTests {
    @Test(arguments: Rule.all)
    func `the tree keeps`(_ rule: Rule) {
        let exempt = Exemption.all.filter { $0.rule == rule.name }.map(\.path)
        let findings = Repository.files.flatMap(rule.findings).filter { !exempt.contains($0.path) }
        let isKept = findings.isEmpty
        #expect(isKept, "\(findings.map(\.description).joined(separator: "\n"))")
    }

    @Test(arguments: Rule.all)
    func `each broken sample is found`(_ rule: Rule) {
        #expect(!rule.broken.isEmpty)
        for sample in rule.broken {
            #expect(!rule.findings(sample).isEmpty, "not found in: \(sample.text.prefix(200))")
        }
    }

    @Test(arguments: Rule.all)
    func `each good sample is left alone`(_ rule: Rule) {
        #expect(!rule.kept.isEmpty)
        for sample in rule.kept {
            #expect(rule.findings(sample).isEmpty, "found in: \(sample.text.prefix(200))")
        }
    }

    @Test func `the whole tree is looked at`() {
        let paths = Set(Repository.files.map(\.path))
        #expect(
            paths.isSuperset(of: ["Package.swift", "Sources/Lane/Passage.swift", "Tests/StyleTests/RuleTests.swift"]))
        let folders = Set(Repository.files.compactMap(\.target))
        let libraries = Manifest(SourceFile(path: "Package.swift", text: Repository.text(of: "Package.swift")))
            .libraries
        #expect(libraries.count > 10)
        #expect(folders.isSuperset(of: libraries.map(\.name)))
    }

    @Test func `each exemption is needed`() throws {
        for exemption in Exemption.all {
            let rule = try #require(Rule.all.first { $0.name == exemption.rule })
            let found = Repository.files.filter { $0.path == exemption.path }.flatMap(rule.findings)
            #expect(!found.isEmpty, "\(exemption.path) keeps the rule by now: \(exemption.rule)")
        }
    }
}
