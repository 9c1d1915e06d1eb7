import Testing

@Suite struct ArrowsTests {
    private let head = "text\n\n| target | may import | alone imports | what it is |\n|---|---|---|---|\n"

    @Test func `the page has a row for each target, and no fault`() {
        let arrows = Repository.arrows
        #expect(arrows.rows.count > 10)
        #expect(arrows.faults.isEmpty, "\(arrows.faults)")
        #expect(arrows.row(of: "Lane")?.mayImport == [])
    }

    @Test func `a row is read from the page`() {
        let arrows = Arrows(
            page: head + "| `A` | – | – | pure: `c` |\n| `B` | `A`, `CLinux` | `CX` | ports |\n\n| `C` | | | |")
        #expect(
            arrows.rows == [
                .init(target: "A", mayImport: [], aloneImports: [], isPure: true),
                .init(target: "B", mayImport: ["A", "CLinux"], aloneImports: ["CX"], isPure: false),
            ])
        #expect(arrows.faults == [])
    }

    @Test func `an arrow upwards and a module with two owners are faults`() {
        #expect(Arrows(page: head + "| `A` | `B` | – | x |\n| `B` | – | – | x |\n").faults.count == 1)
        #expect(Arrows(page: head + "| `A` | – | `CX` | x |\n| `B` | `CX` | – | x |\n").faults.count == 1)
    }

    @Test func `a page without the table has no rows`() {
        #expect(Arrows(page: "# Architecture\n").rows.isEmpty)
    }
}
