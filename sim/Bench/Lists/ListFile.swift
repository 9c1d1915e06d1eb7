import Exchange
import Lane

/// The list file of a benchmark, and who signed it.
struct ListFile {
    let path: String
    let tags: BenchTags
    let key: SigningKey

    /// Builds it from a stream in no order.
    ///
    /// - Parameter more: tags that are approved as well.
    init(of count: Int, in folder: String, also more: [TagNumber] = []) throws {
        path = "\(folder)/agreements-\(count).list"
        tags = BenchTags(count: count)
        key = SigningKey.generate()
        var writer = AgreementListWriter(temporaryFolder: folder + "/partitions")
        for turn in 0..<count {
            let place = tags.scattered(turn)
            try writer.add(tags.listed(place), tags.entry(place), line: turn)
        }
        for tag in more { try writer.add(tag, .agreement(Agreement(.approved)), line: count) }
        _ = try writer.write(to: path, Self.header(version: 1), signedBy: key)
    }

    /// How large it is.
    var bytes: Int {
        get throws { try MappedFile(path: path).count }
    }

    func open(checking: AgreementList.Checking = .everything) throws -> AgreementList {
        try AgreementList.open(path: path, trusting: [key.publicKey], checking: checking)
    }

    /// A header of the lists that are measured.
    static func header(version: UInt32) -> AgreementListHeader {
        AgreementListHeader(
            name: AgreementList.defaultName, version: ListVersion(epoch: 1, version: version),
            issuedAt: UTC(milliseconds: 1_780_000_000_000), staleAfter: .days(7))
    }
}
