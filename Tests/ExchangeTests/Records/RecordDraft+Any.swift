import Exchange
import Lane

/// Drafts by chance, with the ends of every range among them.
extension RecordDraft {
    static func any(_ chance: inout SeededGenerator) -> RecordDraft {
        switch Int.random(in: 0..<6, using: &chance) {
        case 0: .passage(.any(&chance), photos: (0..<3).map { _ in .any(&chance) })
        case 1: .strayRead(StrayRead(lane: LaneNumber(UInt8.any(&chance)), read: .any(&chance)))
        case 2: .replayedRead(.any(&chance))
        case 3: .event(.any(&chance))
        case 4: .lost(.any(&chance))
        default: .gap(Gap(lane: LaneNumber(1), from: .any(&chance), to: .any(&chance), count: .any(&chance)))
        }
    }
}

extension LostRecords {
    fileprivate static func any(_ chance: inout SeededGenerator) -> LostRecords {
        LostRecords(
            Sequence(.any(&chance)), to: Sequence(.any(&chance)),
            digest: Bool.random(using: &chance) ? Samples.digest : nil,
            reason: Reason.allCases.randomElement(using: &chance) ?? .damaged)
    }
}

extension FixedWidthInteger {
    static func any(_ chance: inout SeededGenerator) -> Self {
        [.min, .max, 0, 1, .random(in: .min ... .max, using: &chance)].randomElement(using: &chance) ?? 0
    }
}

extension Instant {
    static func any(_ chance: inout SeededGenerator) -> Instant { Instant(nanoseconds: .any(&chance)) }
}

extension String {
    fileprivate static func any(_ chance: inout SeededGenerator) -> String {
        let scalars = (0..<Int.random(in: 0..<90, using: &chance)).compactMap { _ in
            Unicode.Scalar(UInt32.random(in: 0..<(Bool.random(using: &chance) ? 0x80 : 0x11_0000), using: &chance))
        }
        return scalars.reduce(into: "") { $0.unicodeScalars.append($1) }
    }
}

extension ListVersion {
    fileprivate static func any(_ chance: inout SeededGenerator) -> ListVersion {
        ListVersion(epoch: .any(&chance), version: .any(&chance))
    }
}

extension Passage {
    fileprivate static func any(_ chance: inout SeededGenerator) -> Passage {
        var passage = Passage(
            id: PassageID(1), lane: LaneNumber(.any(&chance)), start: .any(&chance), decision: .any(&chance))
        passage.end = Bool.random(using: &chance) ? .any(&chance) : nil
        passage.earlier = Bool.random(using: &chance) ? .any(&chance) : nil
        passage.reads = (0..<Int.random(in: 0..<10, using: &chance)).map { _ in .any(&chance) }
        passage.readsLeftOut = .any(&chance)
        passage.edges = (0..<Int.random(in: 0..<15, using: &chance)).map { _ in
            Edge(detector: DetectorNumber(.any(&chance)), isOccupied: .random(using: &chance), at: .any(&chance))
        }
        passage.edgesLeftOut = .any(&chance)
        passage.triggers = (0..<Int.random(in: 0..<6, using: &chance)).map { _ in
            Trigger(camera: CameraNumber(.any(&chance)), at: .any(&chance))
        }
        passage.triggersLeftOut = .any(&chance)
        passage.flags = Flags(rawValue: .any(&chance))
        if Bool.random(using: &chance) {
            passage.motion = Motion(
                isForward: .random(using: &chance), speed: .kilometresPerHour(.random(in: 1...300, using: &chance)),
                length: Metres(millimetres: .any(&chance)))
        }
        return passage
    }
}

extension Passage.Decision {
    fileprivate static func any(_ chance: inout SeededGenerator) -> Passage.Decision {
        Passage.Decision(
            Outcome.allCases.randomElement(using: &chance) ?? .noTag,
            tag: Bool.random(using: &chance) ? Samples.pan : nil, list: .any(&chance), at: .any(&chance))
    }
}

extension Passage.Read {
    fileprivate static func any(_ chance: inout SeededGenerator) -> Passage.Read {
        let content: [TagRead.Content] = [
            .unreadable, .malformed, .tag(Samples.printed, Judgement(.denied, by: .any(&chance))),
        ]
        let first = TagRead(
            id: ReadID(.any(&chance)), at: .any(&chance), antenna: AntennaNumber(.any(&chance)),
            content: content.randomElement(using: &chance) ?? .malformed)
        var read = Passage.Read(first, decidedElsewhere: .random(using: &chance))
        read.repeats = .any(&chance)
        read.last = .any(&chance)
        return read
    }
}

extension PhotoResult {
    fileprivate static func any(_ chance: inout SeededGenerator) -> PhotoResult {
        let fates: [Fate] = [
            .stored(Samples.digest, bytes: .any(&chance), at: .any(&chance)), .missing(.storeFull), .discarded,
        ]
        let fate = fates.randomElement(using: &chance) ?? .discarded
        return PhotoResult(camera: CameraNumber(.any(&chance)), trigger: .any(&chance), fate)
    }
}

extension ReplayedRead {
    fileprivate static func any(_ chance: inout SeededGenerator) -> ReplayedRead {
        let moments: [Moment] = [
            .at(.any(&chance)), .between(nil, .any(&chance)), .between(.any(&chance), .any(&chance)),
            .earlier(boot: .any(&chance), at: .any(&chance), utc: UTC(milliseconds: .any(&chance))),
        ]
        return ReplayedRead(
            id: ReadID(.any(&chance)), reader: .any(&chance), antenna: AntennaNumber(.any(&chance)),
            content: .tag(Samples.pan), moment: moments.randomElement(using: &chance) ?? .at(.any(&chance)),
            reason: .withoutRecord)
    }
}

extension StationEvent {
    fileprivate static func any(_ chance: inout SeededGenerator) -> StationEvent {
        let span = Interval(nanoseconds: .any(&chance))
        let events: [StationEvent] = [
            .start(downtime: span, version: .any(&chance)),
            .listInForce(name: .any(&chance), .any(&chance), digest: Samples.digest),
            .degraded(alarm: .any(&chance), isSet: .random(using: &chance), subject: .any(&chance)),
            .clockStep(by: span, uncertainty: span),
        ]
        return events.randomElement(using: &chance) ?? .stop
    }
}
