import Central
import Exchange
import Lane
import Storage

/// The lists that the central server of a scenario publishes, signed with a key that no other station trusts.
struct VirtualLists {
    /// One that is served from a moment on.
    struct Served {
        let at: Interval
        let version: ListVersion
        let bytes: [UInt8]
        let damage: PublishedList.Damage
        /// What makes it of the version below it; nil: it is served whole.
        var change: [UInt8]?
    }

    /// The first list's version in its epoch: those below it are of older ones, each its own.
    private static let firstVersion: UInt32 = 10
    private static let key = SigningKey(seed: [UInt8](repeating: 0x51, count: 32))
    private static let otherKey = SigningKey(seed: [UInt8](repeating: 0x52, count: 32))

    /// What the station trusts.
    static var publicKey: PublicKey { key.publicKey }

    private let name: String
    private var served: [Served] = []

    /// - Parameters:
    ///   - earliest: a list of before the first moment is there since then.
    ///   - folder: where changes are made; nothing is left there.
    init(
        _ lists: [PublishedList], name: String, _ clock: VirtualClock, earliest: Interval, folder: String
    ) throws {
        self.name = name
        var number = Self.firstVersion
        var older = Self.firstVersion
        for list in lists {
            let at = list.at <= .zero ? min(list.at, earliest) : list.at
            if list.damage == .older { older -= 1 }
            let version = ListVersion(epoch: 1, version: list.damage == .older ? older : number)
            if list.damage != .older { number += 1 }
            let issued = clock.worldTime(at: at)
            let header = AgreementListHeader(
                name: name, version: version, issuedAt: issued,
                activeFrom: UTC(milliseconds: issued.milliseconds + list.activeAfter.milliseconds),
                staleAfter: list.staleAfter)
            var next = Served(
                at: at, version: version, bytes: try Self.bytes(of: list, header), damage: list.damage)
            next.change = try change(to: next, list.damage, issued, in: folder)
            served.append(next)
        }
    }

    /// From the list before, where both are whole and follow each other; of another base, where that is what is wrong.
    private func change(
        to next: Served, _ damage: PublishedList.Damage, _ issued: UTC, in folder: String
    ) throws -> [UInt8]? {
        guard damage == .none || damage == .otherBase, var base = served.last?.bytes,
            let before = served.last?.version, next.version == ListVersion(epoch: 1, version: before.version + 1)
        else { return nil }
        if damage == .otherBase {
            let header = AgreementListHeader(name: name, version: before, issuedAt: issued, staleAfter: .days(3))
            base = try AgreementListBuilder().build(header, signedBy: Self.key).bytes
        }
        do throws(ListError) {
            let keys = [Self.publicKey]
            let (old, new) = try (
                AgreementList(bytes: base, trusting: keys), AgreementList(bytes: next.bytes, trusting: keys)
            )
            try AgreementListChange.make(from: old, to: new, signedBy: Self.key, into: folder + "/change")
        } catch {
            // The one before is damaged: nobody can be led from there.
            return nil
        }
        let bytes = try SourceFile(folder + "/change")?.readAll(most: AgreementListChange.mostBytes)
        try delete(folder + "/change")
        return bytes
    }

    /// All that is published, in order.
    var files: [Witness.PublishedFile] {
        served.map { one in
            let list: AgreementList?
            do throws(ListError) {
                list = try AgreementList(bytes: one.bytes, trusting: [Self.publicKey])
            } catch {
                list = nil
            }
            return .init(at: one.at, version: one.version, damage: one.damage, list: list)
        }
    }

    /// What is offered at a moment to who has the list of a version: changes step by step where there is one, else the newest whole;
    /// nil: nothing is published yet.
    func offer(after: ListVersion?, at elapsed: Interval) -> ListOffer? {
        let known = served.indices.filter { served[$0].at <= elapsed }
        guard let newest = known.last else { return nil }
        let step = known.first { place in
            after.map { place > 0 && served[place].change != nil && served[place - 1].version == $0 } ?? false
        }
        return offer(of: step ?? newest, asChange: step != nil, newest: served[newest].version)
    }

    private func offer(of place: Int, asChange: Bool, newest: ListVersion) -> ListOffer {
        let one = served[place]
        return ListOffer(
            name: name, version: one.version, kind: asChange ? .change : .whole,
            after: asChange ? served[place - 1].version : nil, listBytes: one.bytes.count,
            bytes: (asChange ? one.change : one.bytes)?.count ?? 0, encoding: .identity,
            path: "/v1/lists/\(name)/\(one.version.text).\(place).\(asChange ? "change" : "list")",
            newest: max(newest, one.version))
    }

    /// A file that was offered.
    func file(of offer: ListOffer) -> [UInt8]? {
        for place in served.indices {
            for asChange in [false, true] {
                guard asChange == (offer.kind == .change), !asChange || served[place].change != nil,
                    self.offer(of: place, asChange: asChange, newest: offer.newest).path == offer.path
                else { continue }
                return asChange ? served[place].change : served[place].bytes
            }
        }
        return nil
    }

    private static func bytes(of list: PublishedList, _ header: AgreementListHeader) throws -> [UInt8] {
        var builder = AgreementListBuilder()
        for spec in list.entries {
            let agreement = spec.standing.status.map { status in
                AgreementListEntry.agreement(Agreement(status, validFrom: spec.from, validUntil: spec.until))
            }
            try builder.add(spec.tag, agreement ?? .denial)
        }
        var bytes = try builder.build(header, signedBy: list.damage == .signature ? otherKey : key).bytes
        switch list.damage {
        case .none, .signature, .older, .otherBase: break
        case .content: bytes[bytes.count - 1] ^= 1
        case .truncated: bytes.removeLast(bytes.count / 2)
        }
        return bytes
    }
}
