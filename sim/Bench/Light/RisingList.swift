import Exchange
import Lane

/// A list whose next version can be had at any time: the same entries, issued again.
struct RisingList {
    let path: String
    let key: SigningKey
    let version: ListVersion
    let bytes: Int
    let count: Int
    private let folder: String

    /// Version 1, with the tags of `ReaderVoice` among its agreements.
    init(of count: Int, in folder: String) throws {
        let file = try ListFile(of: count, in: folder, also: ReaderVoice.tags)
        (path, key, self.folder) = (file.path, file.key, folder)
        version = ListFile.header(version: 1).version
        bytes = try file.bytes
        self.count = count
    }

    /// The next version, in a file of its own; the one before goes.
    func next() throws -> RisingList {
        let base = try AgreementList.open(path: path, trusting: [key.publicKey], checking: .header)
        let number = version.version + 1
        let next = "\(folder)/offered-\(number).list"
        _ = try base.next(
            applying: AgreementListOperations(), ListFile.header(version: number), issuers: [], signedBy: key,
            into: next,
            change: folder + "/offered.change")
        return RisingList(self, path: next, version: ListFile.header(version: number).version)
    }

    private init(_ before: RisingList, path: String, version: ListVersion) {
        (self.path, self.version) = (path, version)
        (key, bytes, count, folder) = (before.key, before.bytes, before.count, before.folder)
    }
}
