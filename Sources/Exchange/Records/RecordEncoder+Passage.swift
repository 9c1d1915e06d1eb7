import Lane

/// A vehicle in a record:
///
///     "lane":1,"start":{"utc":…,"mono":…},"end":<ns after start>,
///     "motion":{"forward":true,"speed":<mm/s>,"length":<mm>},            with a second detector only
///     "decision":{"outcome":"approved","resultOp":0,"resultFin":0,"tag":"pan:…","list":[1,7],"of":1,"offset":…},
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
        if let motion = passage.motion { write(motion, into: &writer) }
        write("decision", passage.decision, from: passage.start, into: &writer)
        if let earlier = passage.earlier { write("earlier", earlier, from: passage.start, into: &writer) }
        writer.openArray("reads")
        for read in passage.reads.prefix(Passage.mostReads) {
            writer.openObject()
            write(read, from: passage.start, into: &writer)
        }
        writer.closeArray()
        writer.openArray("edges")
        for edge in passage.edges.prefix(Passage.mostEdges) { write(edge, of: passage, into: &writer) }
        writer.closeArray()
        writer.openArray("photos")
        let count = writePhotos(photos, of: passage, into: &writer)
        writer.closeArray()
        writeLeftOut(of: passage, photos: count, into: &writer)
        writer.openArray("flags")
        if !passage.flags.isEmpty {
            for (flag, word) in Passage.Flags.words where passage.flags.contains(flag) { writer.text(word) }
        }
        writer.closeArray()
        writer.boolean("photosDue", passage.photosAreDue)
        writeCircumstances(into: &writer)
    }

    /// A tag without a vehicle: `"lane":1,"start":{…},"read":{ as in a passage },` and the circumstances.
    func write(_ stray: StrayRead, _ stamp: Stamp, into writer: inout RecordWriter) {
        let start = stray.read.first.at
        writer.integer("lane", stray.lane.number)
        writer.moment("start", start, stamp.utc(at: start))
        writer.openObject("read")
        write(stray.read, from: start, into: &writer)
        writeCircumstances(into: &writer)
    }

    private func write(_ motion: Motion, into writer: inout RecordWriter) {
        writer.openObject("motion")
        writer.boolean("forward", motion.isForward)
        writer.integer("speed", min(motion.speed.millimetresPerSecond, Int64(RecordWriter.mostCounted)))
        writer.integer("length", min(max(motion.length.millimetres, 0), Int64(RecordWriter.mostCounted)))
        writer.closeObject()
    }

    private func write(
        _ name: StaticString, _ decision: Passage.Decision, from start: Instant, into writer: inout RecordWriter
    ) {
        writer.openObject(name)
        writer.phrase(phrases.decisions[Int(decision.outcome.rawValue)], of: phrases)
        if let tag = decision.tag { writer.tag("tag", tag) }
        if let list = decision.list { writer.version("list", list) }
        // Of how many reads, the first ones: with it the decision can be derived again (I4).
        writer.integer("of", min(max(decision.reads, 0), Passage.mostReads))
        writer.offset("offset", of: decision.at, from: start)
        writer.closeObject()
    }

    /// The members of a read, and the end of it.
    private func write(_ read: Passage.Read, from start: Instant, into writer: inout RecordWriter) {
        writer.integer("id", read.first.id.number)
        if let tag = read.first.tag { writer.tag("tag", tag) }
        if let name = phrases.name(of: read.first.antenna) {
            writer.phrase("antenna", name, of: phrases)
        } else {
            writer.text("antenna", context.name(of: read.first.antenna), atMost: RecordContext.longestName)
        }
        writer.offset("offset", of: read.first.at, from: start)
        if read.repeats > 0 {
            writer.integer("repeats", min(read.repeats, RecordWriter.mostCounted))
            writer.offset("last", of: read.last, from: start)
        }
        writer.phrase("outcome", phrases.outcomes[Int(read.first.judgement.outcome.rawValue)], of: phrases)
        if let list = read.first.judgement.list { writer.version("list", list) }
        if read.decidedElsewhere { writer.boolean("elsewhere", true) }
        writer.closeObject()
    }

    private func write(_ edge: Edge, of passage: Passage, into writer: inout RecordWriter) {
        writer.openArray()
        if let name = phrases.name(of: edge.detector, in: passage.lane) {
            writer.phrase(name, of: phrases)
        } else {
            writer.text(context.name(of: edge.detector, in: passage.lane), atMost: RecordContext.longestName)
        }
        writer.integer(edge.isOccupied ? 1 : 0)
        writer.offset(of: edge.at, from: passage.start)
        writer.closeArray()
    }

    /// Each trigger with its result, in the order of the triggers; then results that belong to none of them. Gives their number.
    private func writePhotos(
        _ photos: [PhotoResult], of passage: Passage, into writer: inout RecordWriter
    ) -> Int {
        let isInOrder =
            photos.count == passage.triggers.count
            && photos.indices.allSatisfy { photos[$0].belongs(to: passage.triggers[$0]) }
        let results = isInOrder ? photos : Self.results(photos, for: passage.triggers)
        for photo in results.prefix(Passage.mostTriggers) { write(photo, of: passage, into: &writer) }
        return results.count
    }

    private func write(_ photo: PhotoResult, of passage: Passage, into writer: inout RecordWriter) {
        writer.openObject()
        if let name = phrases.name(of: photo.camera, in: passage.lane) {
            writer.phrase("camera", name, of: phrases)
        } else {
            writer.text("camera", context.name(of: photo.camera, in: passage.lane), atMost: RecordContext.longestName)
        }
        writer.offset("offset", of: photo.trigger, from: passage.start)
        switch photo.fate {
        case .stored(let digest, let bytes, let at):
            writer.digest("digest", digest)
            writer.integer("bytes", min(max(bytes, 0), Int(UInt32.max)))
            writer.offset("image", of: at, from: passage.start)
        case .missing(let reason): writer.text("missing", reason.rawValue)
        case .discarded: writer.boolean("discarded", true)
        }
        writer.closeObject()
    }

    private func writeLeftOut(of passage: Passage, photos: Int, into writer: inout RecordWriter) {
        let reads = Self.leftOut(passage.readsLeftOut, passage.reads.count - Passage.mostReads)
        let edges = Self.leftOut(passage.edgesLeftOut, passage.edges.count - Passage.mostEdges)
        let photos = Self.leftOut(passage.triggersLeftOut, photos - Passage.mostTriggers)
        guard reads > 0 || edges > 0 || photos > 0 else { return }
        writer.openObject("leftOut")
        if reads > 0 { writer.integer("reads", reads) }
        if edges > 0 { writer.integer("edges", edges) }
        if photos > 0 { writer.integer("photos", photos) }
        writer.closeObject()
    }

    private static func leftOut(_ before: Int, _ here: Int) -> Int {
        min(max(before, 0), RecordWriter.mostCounted) + max(here, 0)
    }

    private static func results(_ photos: [PhotoResult], for triggers: [Passage.Trigger]) -> [PhotoResult] {
        var rest = photos
        var results: [PhotoResult] = []
        for trigger in triggers {
            if let place = rest.firstIndex(where: { $0.belongs(to: trigger) }) {
                results.append(rest.remove(at: place))
            } else {
                results.append(PhotoResult(camera: trigger.camera, trigger: trigger.at, .missing(.unsettled)))
            }
        }
        return results + rest
    }
}

extension PhotoResult {
    fileprivate func belongs(to other: Passage.Trigger) -> Bool { camera == other.camera && trigger == other.at }
}
