import Lane

extension RecordFields {
    /// The members of a body.
    init(_ value: RecordValue) throws(RecordValue.Odd) {
        v = try value.need("v")
        station = try value.need("station")
        journal = try value.need("journal")
        sequence = try value.need("sequence")
        type = try value.need("type")
        boot = try value.need("boot")
        at = try value.need("at")
        clock = try value.need("clock")
        lane = try value.find("lane")
        start = try value.find("start")
        end = try value.find("end")
        motion = try value.find("motion")
        decision = try value.find("decision")
        earlier = try value.find("earlier")
        read = try value.find("read")
        reads = try value.find("reads")
        edges = try value.find("edges")
        photos = try value.find("photos")
        leftOut = try value.find("leftOut")
        flags = try value.find("flags")
        photosDue = try value.find("photosDue")
        listName = try value.find("listName")
        configuration = try value.find("configuration")
        profile = try value.find("profile")
        reason = try value.find("reason")
        from = try value.find("from")
        to = try value.find("to")
        count = try value.find("count")
        upTo = try value.find("upTo")
        event = try value.find("event")
        version = try value.find("version")
        downtime = try value.find("downtime")
        state = try value.find("state")
        list = try value.find("list")
        digest = try value.find("digest")
        alarm = try value.find("alarm")
        set = try value.find("set")
        subject = try value.find("subject")
        by = try value.find("by")
        uncertainty = try value.find("uncertainty")
    }
}

extension RecordFields.Moment: RecordReadable {
    init(_ value: RecordValue) throws(RecordValue.Odd) {
        utc = try value.need("utc")
        mono = try value.need("mono")
        boot = try value.find("boot")
    }
}

extension RecordFields.List: RecordReadable {
    init(_ value: RecordValue) throws(RecordValue.Odd) {
        let items = try value.items(2)
        epoch = try UInt32(items[0])
        version = try UInt32(items[1])
    }
}

extension RecordFields.Motion: RecordReadable {
    init(_ value: RecordValue) throws(RecordValue.Odd) {
        forward = try value.need("forward")
        speed = try value.need("speed")
        length = try value.need("length")
    }
}

extension RecordFields.Decision: RecordReadable {
    init(_ value: RecordValue) throws(RecordValue.Odd) {
        outcome = try value.need("outcome")
        resultOp = try value.find("resultOp")
        resultFin = try value.find("resultFin")
        tag = try value.find("tag")
        list = try value.find("list")
        of = try value.find("of")
        offset = try value.need("offset")
    }
}

extension RecordFields.Read: RecordReadable {
    init(_ value: RecordValue) throws(RecordValue.Odd) {
        id = try value.need("id")
        tag = try value.find("tag")
        reader = try value.find("reader")
        antenna = try value.find("antenna")
        offset = try value.find("offset")
        repeats = try value.find("repeats")
        last = try value.find("last")
        outcome = try value.find("outcome")
        list = try value.find("list")
        elsewhere = try value.find("elsewhere")
    }
}

extension RecordFields.Edge: RecordReadable {
    init(_ value: RecordValue) throws(RecordValue.Odd) {
        let items = try value.items(3)
        detector = try String(items[0])
        isOccupied = try Int(items[1]) != 0
        offset = try Int64(items[2])
    }
}

extension RecordFields.Photo: RecordReadable {
    init(_ value: RecordValue) throws(RecordValue.Odd) {
        camera = try value.need("camera")
        offset = try value.need("offset")
        digest = try value.find("digest")
        bytes = try value.find("bytes")
        image = try value.find("image")
        missing = try value.find("missing")
        discarded = try value.find("discarded")
    }
}

extension RecordFields.LeftOut: RecordReadable {
    init(_ value: RecordValue) throws(RecordValue.Odd) {
        reads = try value.find("reads")
        edges = try value.find("edges")
        photos = try value.find("photos")
    }
}

extension RecordReadable where Self: FixedWidthInteger {
    init(_ value: RecordValue) throws(RecordValue.Odd) {
        guard let exact = Self(exactly: try value.number()) else { throw RecordValue.Odd() }
        self = exact
    }
}

extension Int: RecordReadable {}
extension Int64: RecordReadable {}
extension UInt8: RecordReadable {}
extension UInt32: RecordReadable {}
extension UInt64: RecordReadable {}

extension String: RecordReadable {
    init(_ value: RecordValue) throws(RecordValue.Odd) { self = try value.text() }
}

extension Bool: RecordReadable {
    init(_ value: RecordValue) throws(RecordValue.Odd) { self = try value.truth() }
}

extension Array: RecordReadable where Element: RecordReadable {
    init(_ value: RecordValue) throws(RecordValue.Odd) {
        self = []
        for item in try value.items() { append(try Element(item)) }
    }
}

extension Sequence: RecordReadable {
    init(_ value: RecordValue) throws(RecordValue.Odd) { self.init(try UInt64(value)) }
}

extension JournalID: RecordReadable {
    init(_ value: RecordValue) throws(RecordValue.Odd) {
        guard let journal = JournalID(hex: try String(value)) else { throw RecordValue.Odd() }
        self = journal
    }
}

extension Digest: RecordReadable {
    init(_ value: RecordValue) throws(RecordValue.Odd) {
        guard let digest = Digest(hex: try String(value)) else { throw RecordValue.Odd() }
        self = digest
    }
}
