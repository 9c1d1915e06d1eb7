import Lane

/// Reads without a vehicle, events and gaps in records:
///
///     "read":{"id":…,"tag":"pan:…","reader":"…","antenna":"…"},"reason":"beforeSynchronised",   malformed, unreadable: "outcome"
///         then "start":{…} | "from":{…},"to":{…} | "start":{"utc":…,"mono":…,"boot":"…"}
///     "event":"laneState","lane":1,"state":"normal"
///     "lane":1,"from":{"utc":…,"mono":…},"to":{…},"count":…
///     "reason":"damaged","upTo":…,"digest":"…"
extension RecordEncoder {
    func write(_ replayed: ReplayedRead, _ stamp: Stamp, into writer: inout RecordWriter) {
        writer.openObject("read")
        writer.integer("id", replayed.id.number)
        switch replayed.content {
        case .tag(let tag): writer.tag("tag", tag)
        case .malformed: writer.text("outcome", Outcome.malformed.word)
        case .unreadable: writer.text("outcome", Outcome.unreadable.word)
        }
        writer.text("reader", replayed.reader, atMost: RecordContext.longestName)
        if let antenna = replayed.antenna {
            writer.text("antenna", context.name(of: antenna), atMost: RecordContext.longestName)
        }
        writer.closeObject()
        writer.text("reason", replayed.reason.rawValue)
        switch replayed.moment {
        case .at(let instant): writer.moment("start", instant, stamp.utc(at: instant))
        case .between(let from, let to):
            if let from { writer.moment("from", from, stamp.utc(at: from)) }
            writer.moment("to", to, stamp.utc(at: to))
        case .earlier(let boot, let at, let utc):
            writer.openObject("start")
            writer.text("utc", utc.text)
            writer.integer("mono", at.nanoseconds)
            writer.text("boot", boot, atMost: 36)
            writer.closeObject()
        }
    }

    func write(_ event: StationEvent, into writer: inout RecordWriter) {
        writer.text("event", event.word)
        switch event {
        case .start(let downtime, let version):
            writer.text("version", version)
            if let downtime { writer.integer("downtime", downtime.nanoseconds) }
        case .stop: break
        case .laneState(let lane, let state):
            writer.integer("lane", lane.number)
            writer.text("state", state.word)
        case .listInForce(let name, let version, let digest):
            writer.text("listName", name, atMost: RecordContext.longestName)
            writer.version("list", version)
            writer.digest("digest", digest)
        case .degraded(let alarm, let isSet, let subject):
            writer.text("alarm", alarm)
            writer.boolean("set", isSet)
            writer.text("subject", subject)
        case .clockStep(let step, let uncertainty):
            writer.integer("by", step.nanoseconds)
            if let uncertainty { writer.integer("uncertainty", uncertainty.nanoseconds) }
        case .configuration(let digest): writer.digest("digest", digest)
        }
    }

    func write(_ gap: Gap, _ stamp: Stamp, into writer: inout RecordWriter) {
        writer.integer("lane", gap.lane.number)
        writer.moment("from", gap.from, stamp.utc(at: gap.from))
        writer.moment("to", gap.to, stamp.utc(at: gap.to))
        writer.integer("count", gap.count)
    }

    func write(_ lost: LostRecords, into writer: inout RecordWriter) {
        writer.text("reason", lost.reason.rawValue)
        writer.integer("upTo", lost.last.number)
        if let digest = lost.digest { writer.digest("digest", digest) }
    }
}
