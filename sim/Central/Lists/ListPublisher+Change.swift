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
        let publication = try begin(name, at: now, settings, newEpoch: false)
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
        let strangers = try count(in: path, notOf: settings.issuers ?? base.issuers, base)
        guard strangers == 0 else {
            try delete(changePath)
            try delete(path)
            throw Problem.issuersLeftOut(entries: strangers)
        }
        try reached(.built)
        var published = try finish(publication, next.header, withChange: true)
        published.changes = next.operations
        published.superseded = next.superseded
        published.idle = next.idle
        return published
    }

    /// How many entries of a list are of issuers for which it would not speak any more. Its operations have been held against them, so
    /// only other issuers than before can leave some out.
    private func count(in path: String, notOf issuers: [IssuerPrefix], _ base: AgreementList) throws -> Int {
        guard !issuers.isEmpty, Set(issuers) != Set(base.issuers) else { return 0 }
        let list = try AgreementList.open(path: path, trusting: [key.publicKey], checking: .header)
        var strangers = 0
        list.entries { tag, _ in
            if !issuers.contains(where: { $0.matches(tag) }) { strangers += 1 }
        }
        return strangers
    }
}
