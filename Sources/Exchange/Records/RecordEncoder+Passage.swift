import Lane

/// A vehicle in a record:
///
///     "lane":1,"start":{"utc":…,"mono":…},"end":<ns after start>,
///     "decision":{"outcome":"approved","resultOp":0,"resultFin":0,"tag":"pan:…","list":[1,7],"offset":…},
///     "earlier":{ as decision },
///     "reads":[{"id":…,"tag":"pan:…","antenna":"…","offset":…,"repeats":2,"last":…,"outcome":"approved","list":[1,7]}],
///     "edges":[["loop",1,0],["loop",0,412000000]],                       detector, level, offset
///     "photos":[{"camera":"front","offset":…,"digest":"<64 hex>","bytes":…,"image":<offset>},
///               {"camera":"rear","offset":…,"missing":"cameraSilent"},{…,"discarded":true}],
///     "leftOut":{"reads":…,"edges":…,"photos":…},
///     "flags":["secondTag"],"photosDue":true,"listName":"…","configuration":"<16 hex>","profile":"…"
extension RecordEncoder {
    func write(_ passage: Passage, _ photos: [PhotoResult], _ stamp: Stamp, into writer: inout RecordWriter) {
        writer.integer("lane", passage.lane.number)
        writer.moment("start", passage.start, stamp.utc(at: passage.start))
        if let end = passage.end { writer.offset("end", of: end, from: passage.start) }
        write("decision", passage.decision, from: passage.start, into: &writer)
        if let earlier = passage.earlier { write("earlier", earlier, from: passage.start, into: &writer) }
        writer.openArray("reads")
        for read in passage.reads.prefix(Passage.mostReads) {
            write(nil, read, from: passage.start, into: &writer)
        }
        writer.closeArray()
        writer.openArray("edges")
        for edge in passage.edges.prefix(Passage.mostEdges) { write(edge, of: passage, into: &writer) }
        writer.closeArray()
        let results = Self.results(photos, for: passage.triggers)
        writer.openArray("photos")
        for photo in results.prefix(Passage.mostTriggers) { write(photo, of: passage, into: &writer) }
        writer.closeArray()
        writeLeftOut(of: passage, photos: results.count, into: &writer)
        writer.openArray("flags")
        for (flag, word) in Passage.Flags.words where passage.flags.contains(flag) { writer.text(nil, word) }
        writer.closeArray()
        writer.boolean("photosDue", passage.photosAreDue)
        writeCircumstances(into: &writer)
    }

    /// A tag without a vehicle: `"lane":1,"start":{…},"read":{ as in a passage },` and the circumstances.
    func write(_ stray: StrayRead, _ stamp: Stamp, into writer: inout RecordWriter) {
        let start = stray.read.first.at
        writer.integer("lane", stray.lane.number)
        writer.moment("start", start, stamp.utc(at: start))
        write("read", stray.read, from: start, into: &writer)
        writeCircumstances(into: &writer)
    }

    private func write(
        _ name: String, _ decision: Passage.Decision, from start: Instant, into writer: inout RecordWriter
    ) {
        writer.openObject(name)
        writer.text("outcome", decision.outcome.word)
        if let op = decision.outcome.resultOp { writer.integer("resultOp", op) }
        if let fin = decision.outcome.resultFin { writer.integer("resultFin", fin) }
        if let tag = decision.tag { writer.text("tag", tag.recordText) }
        if let list = decision.list { writer.version("list", list) }
        writer.offset("offset", of: decision.at, from: start)
        writer.closeObject()
    }

    private func write(
        _ name: String?, _ read: Passage.Read, from start: Instant, into writer: inout RecordWriter
    ) {
        writer.openObject(name)
        writer.integer("id", read.first.id.number)
        if let tag = read.first.tag { writer.text("tag", tag.recordText) }
        writer.text("antenna", context.name(of: read.first.antenna), atMost: RecordContext.longestName)
        writer.offset("offset", of: read.first.at, from: start)
        if read.repeats > 0 {
            writer.integer("repeats", min(read.repeats, RecordWriter.mostCounted))
            writer.offset("last", of: read.last, from: start)
        }
        writer.text("outcome", read.first.judgement.outcome.word)
        if let list = read.first.judgement.list { writer.version("list", list) }
        if read.decidedElsewhere { writer.boolean("elsewhere", true) }
        writer.closeObject()
    }

    private func write(_ edge: Edge, of passage: Passage, into writer: inout RecordWriter) {
        writer.openArray()
        writer.text(nil, context.name(of: edge.detector, in: passage.lane), atMost: RecordContext.longestName)
        writer.integer(nil, edge.isOccupied ? 1 : 0)
        writer.offset(nil, of: edge.at, from: passage.start)
        writer.closeArray()
    }

    private func write(_ photo: PhotoResult, of passage: Passage, into writer: inout RecordWriter) {
        writer.openObject()
        writer.text("camera", context.name(of: photo.camera, in: passage.lane), atMost: RecordContext.longestName)
        writer.offset("offset", of: photo.trigger, from: passage.start)
        switch photo.fate {
        case .stored(let digest, let bytes, let at):
            writer.text("digest", digest.hex)
            writer.integer("bytes", min(max(bytes, 0), Int(UInt32.max)))
            writer.offset("image", of: at, from: passage.start)
        case .missing(let reason): writer.text("missing", reason.rawValue)
        case .discarded: writer.boolean("discarded", true)
        }
        writer.closeObject()
    }

    private func writeLeftOut(of passage: Passage, photos: Int, into writer: inout RecordWriter) {
        let counts = [
            ("reads", passage.readsLeftOut, passage.reads.count - Passage.mostReads),
            ("edges", passage.edgesLeftOut, passage.edges.count - Passage.mostEdges),
            ("photos", passage.triggersLeftOut, photos - Passage.mostTriggers),
        ]
        guard counts.contains(where: { $0.1 > 0 || $0.2 > 0 }) else { return }
        writer.openObject("leftOut")
        for (name, before, here) in counts where before > 0 || here > 0 {
            writer.integer(name, min(max(before, 0), RecordWriter.mostCounted) + max(here, 0))
        }
        writer.closeObject()
    }

    /// Each trigger with its result, in the order of the triggers; then results that belong to none of them.
    private static func results(_ photos: [PhotoResult], for triggers: [Passage.Trigger]) -> [PhotoResult] {
        var rest = photos
        var results: [PhotoResult] = []
        for trigger in triggers {
            if let place = rest.firstIndex(where: { $0.camera == trigger.camera && $0.trigger == trigger.at }) {
                results.append(rest.remove(at: place))
            } else {
                results.append(PhotoResult(camera: trigger.camera, trigger: trigger.at, .missing(.unsettled)))
            }
        }
        return results + rest
    }
}
