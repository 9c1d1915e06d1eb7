import Devices
import Exchange
import Lane
import Sync

/// What `station list verify` finds in one list file, check by check.
struct ListVerification: Codable, Hashable, Sendable {
    /// One thing that was looked at and is good.
    struct Check: Codable, Hashable, Sendable {
        var name: String
        var text: String

        /// For people.
        var line: String { "ok  \(name)\(String(repeating: " ", count: max(1, 11 - name.count)))\(text)" }
    }

    var path: String
    /// `whole`, `change` or `part`; nil: it was refused before that was known.
    var kind: String?
    var isGood = false
    var checks: [Check] = []
    /// What is no fault, but should be known.
    var notes: [String] = []
    /// Why it is refused, in one line; nil: it is good.
    var problem: String?

    init(of path: String) { self.path = path }

    /// Goes on to the first check that fails, which is thrown.
    mutating func run(trusting keys: [PublicKey], _ options: ListOptions) throws -> AgreementListFile {
        let file = try options.openAny(path, trusting: keys)
        let list = file.list
        switch file {
        case .whole(let list): try look(at: list)
        case .change(let change): look(at: change)
        case .part(let part): look(at: part)
        }
        if options.arguments.all("--trust").isEmpty {
            let wanted = try options.central().central.list
            guard list.name == wanted else {
                throw CommandFailure(
                    .badData,
                    "\(path): it is the list \(list.name), not \(wanted); name that one, or set [central] list")
            }
            pass("name", "\(list.name), the station's list")
        }
        judgeTimes(of: list)
        isGood = true
        return file
    }

    private mutating func look(at list: AgreementList) throws {
        kind = "whole"
        pass("header", "\(list.name) \(list.version.text), \(list.bytes) bytes, \(list.count) entries")
        pass("signature", "by key \(list.header.key), which is trusted")
        pass("issuers", Self.text(of: list.issuers))
        do throws(ListError) { try list.verify() } catch { throw ListOptions.failure(path, error) }
        pass("digest", list.digest.hex)
        pass("entries", "each is one, in its place, and they are as many as the header says")
    }

    private mutating func look(at change: AgreementListChange) {
        kind = "change"
        let (from, to) = (change.predecessor.version.text, change.version.text)
        pass("header", "\(change.name), a change from \(from) to \(to), \(change.bytes) bytes")
        pass(
            "signature", "by key \(change.header.key), which is trusted; the list that results has one by the same key")
        pass("issuers", Self.text(of: change.issuers))
        pass("digest", change.header.digest.hex)
        pass("changes", "\(change.count), each is one, in order, no number twice")
        notes.append(
            "it can be applied to \(change.name) \(from) and to no other list: station list diff LIST CHANGE tries it")
    }

    private mutating func look(at part: AgreementListPart) {
        kind = "part"
        let (number, count) = (part.part.number, part.part.of)
        pass("header", "\(part.list.name) \(part.list.version.text), part \(number) of \(count), \(part.bytes) bytes")
        pass("signature", "by key \(part.header.key), which is trusted; the whole list has one by the same key")
        pass("digest", part.header.digest.hex)
    }

    private mutating func pass(_ name: String, _ text: String) { checks.append(Check(name: name, text: text)) }

    private mutating func judgeTimes(of list: AgreementListHeader) {
        let now = WallClock.now()
        if list.isStale(at: now) {
            notes.append("it is stale, issued \(list.issuedAt.text): a station decides by it, with an alarm")
        }
        if now < list.activeFrom {
            notes.append("it is active from \(list.activeFrom.text) on: a station keeps it beside until then")
        }
    }

    private static func text(of issuers: [IssuerPrefix]) -> String {
        issuers.isEmpty ? "everybody's" : "\(issuers.count)"
    }
}
