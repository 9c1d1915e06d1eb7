import Exchange
import Lane

/// What central says, and what of it is worth fetching.
extension ListUpdater {
    mutating func hear(_ event: Event, _ turn: inout Turn) {
        switch (event, phase) {
        case (.offered(let offer), .asking(let whole)): judge(offer, toWhole: whole, &turn)
        case (.newest, .asking):
            asksWhole = false
            rest(.current, &turn)
        case (.noOffer(let reason), .asking): rest(.refused(reason), &turn)
        case (.later(let reason, let notBefore), .asking), (.later(let reason, let notBefore), .fetching):
            backOff(reason, notBefore, &turn)
        case (.piece(let upTo), .fetching(let offer, let have)): fetched(offer, from: have, upTo: upTo, &turn)
        case (.changed(let reason), .fetching):
            fetchesAfresh = true
            backOff(reason, nil, &turn)
        // What an order overtook.
        case (.offered, _), (.newest, _), (.noOffer, _), (.later, _), (.piece, _), (.changed, _): break
        case (.start, _), (.room, _), (.noRoom, _), (.built, _), (.notBuilt, _), (.adopted, _), (.notAdopted, _),
            (.verified, _), (.damaged, _), (.unreadable, _), (.wentBack, _), (.notGone, _), (.ordered, _), (.wake, _):
            preconditionFailure("only what central said is heard")
        }
    }

    private mutating func judge(_ offer: ListOffer, toWhole: Bool, _ turn: inout Turn) {
        newest = offer.newest
        let version = offer.version
        guard offer.name == name else {
            return rest(.refused("central offers the list \(offer.name), not \(name)"), &turn)
        }
        if let inForce, version < inForce {
            return rest(.refused(Self.isOlder(version, than: inForce)), &turn)
        }
        // The one in force, the one that waits, one that a person went back from, or one that would come too late.
        guard isHigher(version), version > waiting?.version ?? .lowest, version != tooEarly else {
            asksWhole = false
            return rest(.current, &turn)
        }
        if let problem = problem(of: offer) { return rest(problem, &turn) }
        if let refused, refused.path == offer.path, refused.until > turn.now {
            return rest(.refused(refused.reason), &turn)
        }
        if let after = offer.after, toWhole || after != predecessor {
            guard !toWhole else {
                return rest(.refused("central offers a change where a whole list was asked for"), &turn)
            }
            asksWhole = true
            return ask(&turn)
        }
        phase = .looking(offer)
        activeAt = offer.activeIn.map { turn.now + .seconds(Int64($0)) }
        turn.actions.append(.look(offer, afresh: fetchesAfresh))
        fetchesAfresh = false
    }

    static func isOlder(_ version: ListVersion, than inForce: ListVersion) -> String {
        "list \(version.text) is older than \(inForce.text), which is in force"
    }

    /// What can be told from the offer alone, before a byte is fetched.
    private func problem(of offer: ListOffer) -> ListCondition? {
        if let flaw = offer.flaw { return .refused("central offers \(flaw)") }
        guard offer.listBytes <= mostBytes else {
            return .tooLarge(
                "list \(offer.version.text) has \(offer.listBytes) bytes, listMemory allows \(mostBytes); allow more, or give the computer more memory"
            )
        }
        return nil
    }

    mutating func fetchNext(_ offer: ListOffer, from have: Int, _ turn: inout Turn) {
        guard have < offer.bytes else { return build(.download(offer), &turn) }
        phase = .fetching(offer, have: have)
        isAsking = true
        turn.actions.append(.fetch(offer, from: have, most: min(Self.pieceBytes, offer.bytes - have)))
    }

    private mutating func fetched(_ offer: ListOffer, from have: Int, upTo: Int, _ turn: inout Turn) {
        guard upTo > have, upTo <= offer.bytes else {
            fetchesAfresh = upTo > offer.bytes
            return backOff("central sent none of the bytes that it offered", nil, &turn)
        }
        // What was fetched stays: a line that breaks at every other piece is no reason to wait longer and longer.
        backOff.reset()
        reportPiece(&turn)
        guard upTo - have == min(Self.pieceBytes, offer.bytes - have) else {
            phase = .fetching(offer, have: upTo)
            return backOff("central sent a part of a piece", nil, &turn)
        }
        fetchNext(offer, from: upTo, &turn)
    }

    mutating func build(_ source: ListSource, _ turn: inout Turn) {
        phase = .building(source)
        turn.actions.append(.build(source, above: [inForce, floor].compactMap(\.self).max()))
    }

    /// What is under way.
    package var progress: ListProgress? {
        switch phase {
        case .fetching(let offer, let have): .fetching(offer.version, have: have, of: offer.bytes)
        case .building: .building
        case .stopped, .idle, .asking, .looking, .adopting, .verifying, .goingBack:
            waiting.map { .waiting($0.version, until: $0.at) }
        }
    }
}

extension ListVersion {
    /// Below every list that there is.
    fileprivate static let lowest = ListVersion(epoch: 0, version: 0)
}
