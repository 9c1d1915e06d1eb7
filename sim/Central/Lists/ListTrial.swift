import Exchange
import FoundationEssentials
import Lane
import Storage

/// Builds a list that nobody gets: what a check needs, in a folder of its own that goes with it.
struct ListTrial: ~Copyable {
    private let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/central-check-\(UUID().uuidString.prefix(13))"
        try makeFolder(folder, mode: 0o700)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            // What stays behind is in the folder for what may be thrown away.
        }
    }

    /// Signed with a key that is forgotten at once.
    borrowing func build(
        _ options: ListOptions, progress: (BuildProgress) -> Void, fill: (inout AgreementListWriter) throws -> Void
    ) throws -> AgreementListWriter.Written {
        var writer = AgreementListWriter(temporaryFolder: folder)
        try fill(&writer)
        let header = AgreementListHeader(
            name: AgreementList.defaultName, version: ListVersion(epoch: 1, version: 1),
            issuedAt: UTC(milliseconds: 0), staleAfter: ListPublisher.staleAfter)
        return try writer.write(
            to: folder + "/check.list", header, signedBy: SigningKey.generate(), progress: progress)
    }
}
