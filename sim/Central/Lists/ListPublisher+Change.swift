import Exchange
import Lane
import Storage

extension ListPublisher {
    /// Publishes the newest list with some changes as the next version: durably in its place when this returns.
    ///
    /// - Parameter fill: adds what is to be set or removed, in any order; of several for one number the last stands.
    package func change(
        _ name: String = AgreementList.defaultName, at now: UTC, _ settings: Settings = Settings(),
        fill: (inout AgreementListOperations) throws -> Void
    ) throws -> PublishedList {
        let publication = try begin(name, at: now, newEpoch: false)
        guard let base = publication.base else { throw Problem.nothingToChange(name: name) }
        var operations = AgreementListOperations()
        try fill(&operations)
        let path = folder.list(name, ListFile(publication.version, .whole))
        let changePath = folder.list(name, ListFile(publication.version, .change))
        let next = try base.next(
            applying: operations, header(of: publication, at: now, settings),
            issuers: settings.issuers ?? base.issuers, signedBy: key, into: path, change: changePath)
        let contradictions = next.superseded.count + next.idle.count
        guard !settings.isStrict || contradictions == 0 else {
            try delete(changePath)
            try delete(path)
            throw Problem.contradictions(contradictions)
        }
        try reached(.built)
        var published = try finish(publication, next.header, withChange: true)
        published.changes = next.operations
        published.superseded = next.superseded
        published.idle = next.idle
        return published
    }
}
