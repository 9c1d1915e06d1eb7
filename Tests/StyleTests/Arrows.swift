/// Which target may import which: the table under "Targets and arrows" in ARCHITECTURE.md, read as it stands there.
///
///     | target | may import | alone imports | what it is |
///     |---|---|---|---|
///     | `Exchange` | `Lane` | `CSodium` | … |
struct Arrows: Sendable {
    /// One target, and what it may import.
    struct Row: Equatable, Sendable {
        let target: String
        let mayImport: [String]
        let aloneImports: [String]
        /// A pure target says so in its last column: it imports no operating system either.
        let isPure: Bool
    }

    /// From the lowest target upwards.
    let rows: [Row]

    /// The table of a page; no rows when it is not there.
    init(page: String) {
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
        let table = lines.drop { !$0.hasPrefix("| target | may import |") }.dropFirst(2).prefix { $0.hasPrefix("|") }
        rows = table.compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst()
            let names = cells.map(Page.codeWords)
            guard names.count > 4, let target = names[0].first else { return nil }
            let isPure = cells.dropFirst(3).first?.contains("pure") == true
            return Row(target: target, mayImport: names[1], aloneImports: names[2], isPure: isPure)
        }
    }

    /// The row of a target.
    func row(of target: String) -> Row? { rows.first { $0.target == target } }

    /// What is wrong with the table itself: an arrow that points up or to nothing, a module with two owners.
    var faults: [String] {
        var faults: [String] = []
        for (index, row) in rows.enumerated() {
            let below = rows[..<index].map(\.target)
            for module in row.mayImport where !Module(module).isOurs && !below.contains(module) {
                faults.append("\(row.target) imports \(module), which does not stand below it")
            }
            for module in row.aloneImports {
                let others = rows.filter {
                    $0.target != row.target && ($0.aloneImports + $0.mayImport).contains(module)
                }
                faults += others.map { "\(row.target) imports \(module) alone, and so does \($0.target)" }
            }
        }
        return faults
    }

    /// What a file may not import, with the reason.
    func findings(in file: SourceFile) -> [Finding] {
        guard let target = file.target else { return [] }
        return file.imports.compactMap { entry in
            complaint(about: entry.module, in: target, file).map {
                Finding(path: file.path, line: entry.line, text: "import \(entry.module): \($0)")
            }
        }
    }

    private func complaint(about module: String, in target: String, _ file: SourceFile) -> String? {
        if Self.never.contains(module) { return "nowhere in this tree" }
        if file.isTest {
            let tested = row(of: String(target.dropLast("Tests".count)))
            return Module(module).isOurs && !allowed(tested, module)
                ? "only the target that owns it, and its tests" : nil
        }
        if file.folders.count > 2, Self.programFolders.contains(file.folders[2]) {
            return module == target || module == "Glibc" ? nil : "a program imports its library, and Glibc to end"
        }
        guard let row = row(of: target) else { return "\(target) is not on the architecture page" }
        if allowed(row, module) { return nil }
        if target == "Lane" { return "Lane imports nothing" }
        if module == "FoundationEssentials" { return nil }
        if Self.system.contains(module) { return row.isPure ? "\(target) is pure" : nil }
        return "no such arrow on the architecture page"
    }

    private func allowed(_ row: Row?, _ module: String) -> Bool {
        row.map { ($0.mayImport + $0.aloneImports).contains(module) } ?? false
    }

    /// Foundation brings 70 MB of formatters; Dispatch brings threads that nobody named.
    private static let never: Set = [
        "Foundation", "FoundationNetworking", "FoundationInternationalization", "Dispatch",
    ]
    private static let system: Set = ["Glibc", "Synchronization"]
    private static let programFolders: Set = ["Daemon", "Program"]
}
