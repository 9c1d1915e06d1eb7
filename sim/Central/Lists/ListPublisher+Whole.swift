import Exchange
import Lane
import Storage

extension ListPublisher {
    /// Publishes the next version whole: durably in its place when this returns. Stations that ask get it from then on.
    ///
    /// - Parameters:
    ///   - progress: takes how far the building is.
    ///   - fill: adds all agreements, in any order.
    package func publish(
        as name: String = AgreementList.defaultName, at now: UTC, _ settings: Settings = Settings(),
        progress: (BuildProgress) -> Void = { _ in }, fill: (inout AgreementListWriter) throws -> Void
    ) throws -> PublishedList {
        let publication = try begin(name, at: now, settings, newEpoch: settings.isNewEpoch)
        var writer = AgreementListWriter(temporaryFolder: work(of: name))
        try fill(&writer)
        let path = folder.list(name, ListFile(publication.version, .whole))
        let written: AgreementListWriter.Written
        do {
            written = try writer.write(
                to: path, header(of: publication, at: now, settings),
                issuers: settings.issuers ?? publication.base?.issuers ?? [], signedBy: key,
                isStrict: settings.isStrict, progress: progress)
        } catch let duplicates as AgreementListWriter.Duplicates {
            throw Problem.duplicates(duplicates.count)
        }
        try reached(.built)
        var published = try finish(publication, written.header, withChange: false)
        published.duplicates = written.duplicates
        return published
    }

    /// What the builder completes.
    func header(of publication: borrowing ListPublication, at now: UTC, _ settings: Settings) -> AgreementListHeader {
        AgreementListHeader(
            name: publication.name, version: publication.version, issuedAt: now, activeFrom: settings.activeFrom,
            staleAfter: settings.staleAfter ?? publication.base?.staleAfter ?? Self.staleAfter)
    }

    /// Where the builder may put what does not fit in memory.
    func work(of name: String) -> String { folder.history(of: name) + "/work" }
}
