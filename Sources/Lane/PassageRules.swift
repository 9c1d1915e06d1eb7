/// What follows from the reads of a passage: one rule for the lane that decides and for whoever derives its decisions again (I4).
extension [Passage.Read] {
    /// The read that decides: the first approved tag, else the first tag, else a malformed number, else an unreadable tag.
    package var deciding: TagRead? {
        let own = lazy.filter { !$0.decidedElsewhere }.map(\.first)
        return own.first { $0.judgement.outcome.isApproval }
            ?? own.first { $0.tag != nil }
            ?? own.first { $0.content == .malformed }
            ?? own.first
    }

    /// Whether a tag that is not approved is in the vehicle.
    package var hasDeniedTag: Bool {
        contains { $0.first.tag != nil && !$0.decidedElsewhere && !$0.first.judgement.outcome.isApproval }
    }

    /// The flags that follow from the reads, with a decision or before it.
    package func flags(decided outcome: Outcome?) -> Passage.Flags {
        var flags: Passage.Flags = []
        if count(where: { $0.first.tag != nil && !$0.decidedElsewhere }) > 1 { flags.insert(.secondTag) }
        if contains(where: \.decidedElsewhere) { flags.insert(.decidedElsewhere) }
        if outcome?.isApproval == true, hasDeniedTag { flags.insert(.deniedBeside) }
        return flags
    }

    /// After how many reads a decision without a tag is revised, if it was made of the first `count`; nil: by none of them.
    package func revision(of outcome: Outcome, madeOf count: Int) -> Int? {
        guard outcome.canBeRevised, count < self.count else { return nil }
        return (count + 1...self.count).first { known in
            guard let read = Array(prefix(known)).deciding else { return false }
            return read.content != .unreadable
        }
    }
}

extension Outcome {
    /// Whether a late read may revise a decision that came to this.
    package var canBeRevised: Bool { self == .noTag || self == .unreadable }
}

extension LaneSettings {
    /// Whether the photos of a passage are to be kept.
    package func photosAreDue(_ outcome: Outcome, _ flags: Passage.Flags) -> Bool {
        guard !flags.contains(.straddling) else { return false }
        return outcome.photoIsDue(unjudged: photographUnjudged)
            || (photographDeniedBeside && flags.contains(.deniedBeside))
    }
}
