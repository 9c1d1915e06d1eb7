// Stands in until Exchange has these.
import Exchange
import Lane
import Storage

package struct BuildProgress: Sendable {
    package let done: Int
    package let total: Int
}

package struct AgreementListWriter {
    package struct Written {
        package let header: AgreementListHeader
        package let duplicates: Duplicates
    }
    package struct Duplicates: Hashable, Sendable {
        package struct Pair: Hashable, Sendable {
            package let kept: Int
            package let leftOut: Int
        }
        package var count = 0
        package var first: [Pair] = []
    }

    private var builder = AgreementListBuilder()
    private var lines: [Int] = []

    init(temporaryFolder: String) {}

    mutating func add(_ tag: TagNumber, _ entry: AgreementListEntry, line: Int) throws {
        try builder.add(tag, entry)
        lines.append(line)
    }

    consuming func write(
        to path: String, _ header: AgreementListHeader, issuers: [IssuerPrefix] = [], signedBy key: SigningKey,
        progress: (BuildProgress) -> Void
    ) throws -> Written {
        let built = try builder.build(header, issuers: issuers, signedBy: key)
        try DurableFile.replace(path, with: built.bytes, mode: 0o644)
        var duplicates = Duplicates()
        duplicates.count = built.duplicates.count
        for pair in built.duplicates.prefix(100) {
            duplicates.first.append(.init(kept: lines[pair.kept], leftOut: lines[pair.leftOut]))
        }
        return Written(header: built.header, duplicates: duplicates)
    }
}
