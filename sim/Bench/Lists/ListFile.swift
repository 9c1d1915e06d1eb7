import Exchange
import Lane
import Storage

/// The list file of a benchmark, and who signed it.
struct ListFile {
    let path: String
    let tags: BenchTags
    let key: SigningKey

    /// Builds it from a stream in no order.
    init(of count: Int, in folder: String) throws {
        path = "\(folder)/agreements-\(count).list"
        tags = BenchTags(count: count)
        key = SigningKey.generate()
        var builder = AgreementListBuilder()
        for turn in 0..<count {
            let place = tags.scattered(turn)
            try builder.add(tags.listed(place), tags.entry(place))
        }
        let file = try DurableFile(replacing: path)
        try file.write(try builder.build(Self.header(version: 1), signedBy: key).bytes)
        try file.commit()
    }

    /// How large it is.
    var bytes: Int {
        get throws { try MappedFile(path: path).count }
    }

    func open() throws -> AgreementList { try AgreementList.open(path: path, trusting: [key.publicKey]) }

    /// A header of the lists that are measured.
    static func header(version: UInt32) -> AgreementListHeader {
        AgreementListHeader(
            name: AgreementList.defaultName, version: ListVersion(epoch: 1, version: version),
            issuedAt: UTC(milliseconds: 1_780_000_000_000), staleAfter: .days(7))
    }
}
