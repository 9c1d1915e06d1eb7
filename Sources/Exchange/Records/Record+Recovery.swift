import Lane

/// A passage that was found open after a crash: its body as it stood, flagged, with what became of its photos.
extension Record {
    /// A photo that was durable when the program crashed, and of which the record did not know yet.
    package struct FoundPhoto: Hashable, Sendable {
        package let camera: String
        /// The how manieth of its camera in the passage, from 1.
        package let number: Int
        package let digest: Digest
        package let bytes: Int
        /// When its file was written: nobody knows any more when the image was taken.
        package let written: UTC

        package init(camera: String, number: Int, digest: Digest, bytes: Int, written: UTC) {
            self.camera = camera
            self.number = number
            self.digest = digest
            self.bytes = bytes
            self.written = written
        }
    }

    /// The body with the flag `recovered`, canonical again. Photos that had not come to an end are found, or `interrupted`; those
    /// of an approved passage are `discarded`.
    ///
    /// A body without flags (any other type) is returned as it is.
    package static func recovered(_ body: [UInt8], found: [FoundPhoto] = []) -> [UInt8] {
        guard let flags = contents(of: "flags", in: body) else { return body }
        var words = body[flags].split(separator: UInt8(ascii: ",")).map { Array($0) }
        let recovered = quoted("recovered")
        if !words.contains(recovered) {
            let after = Passage.Flags.words.drop { $0.1 != "recovered" }.dropFirst().map { quoted($0.1) }
            words.insert(recovered, at: words.firstIndex { after.contains($0) } ?? words.endIndex)
        }
        let marked = Array(words.joined(separator: [UInt8(ascii: ",")]))
        let flagged = body[..<flags.lowerBound] + marked + body[flags.upperBound...]
        // Photos stand before the flags: their place is still the same.
        guard let photos = contents(of: "photos", in: body), let fields = RecordFields(body: body) else {
            return Array(flagged)
        }
        let results = settled(fields, found)
        return Array(flagged[..<photos.lowerBound] + text(of: results) + flagged[photos.upperBound...])
    }

    /// What became of each photo: those of the record, then those that it did not know of, as many as a record holds.
    private static func settled(_ fields: RecordFields, _ found: [FoundPhoto]) -> [RecordFields.Photo] {
        let isDue = fields.photosDue ?? true
        var rest = found
        var numbers: [String: Int] = [:]
        var results: [RecordFields.Photo] = []
        for var photo in fields.photos ?? [] {
            let number = numbers[photo.camera, default: 0] + 1
            numbers[photo.camera] = number
            if photo.missing == PhotoMissing.unsettled.rawValue {
                let index = rest.firstIndex { $0.camera == photo.camera && $0.number == number }
                photo.settle(index.map { rest.remove(at: $0) }, isDue: isDue, offset: fields.offset)
            }
            results.append(photo)
        }
        for late in rest where results.count < Passage.mostTriggers && late.number > numbers[late.camera, default: 0] {
            var photo = RecordFields.Photo(camera: late.camera, offset: fields.offset(late.written))
            photo.settle(late, isDue: isDue, offset: fields.offset)
            results.append(photo)
        }
        return results
    }

    private static func text(of photos: [RecordFields.Photo]) -> [UInt8] {
        var writer = RecordWriter()
        writer.openArray()
        for photo in photos { photo.write(into: &writer) }
        return Array(writer.bytes.dropFirst())
    }

    /// What stands between the brackets of a member of the body. Inside a string the quotes would be escaped, so the first match is
    /// the member; neither flags nor photos hold arrays.
    private static func contents(of name: String, in body: [UInt8]) -> Range<Int>? {
        let head = quoted(name) + Array(":[".utf8)
        guard body.count >= head.count else { return nil }
        let place = (0...body.count - head.count).first { body[$0..<$0 + head.count].elementsEqual(head) }
        guard let start = place.map({ $0 + head.count }),
            let end = body[start...].firstIndex(of: UInt8(ascii: "]"))
        else { return nil }
        return start..<end
    }

    private static func quoted(_ word: String) -> [UInt8] { Array("\"\(word)\"".utf8) }
}

extension RecordFields {
    /// Nanoseconds from the record's start to a civil time; none before it.
    fileprivate func offset(_ utc: UTC) -> Int64 {
        guard let start = UTC(text: time.utc) else { return 0 }
        return max(0, Interval.milliseconds(utc.milliseconds - start.milliseconds).nanoseconds)
    }
}

extension RecordFields.Photo {
    fileprivate init(camera: String, offset: Int64) {
        self.camera = camera
        self.offset = offset
    }

    /// What is known of it after a crash.
    fileprivate mutating func settle(_ found: Record.FoundPhoto?, isDue: Bool, offset: (UTC) -> Int64) {
        missing = nil
        switch (found, isDue) {
        case (let found?, true):
            digest = found.digest
            bytes = found.bytes
            image = max(self.offset, offset(found.written))
        case (nil, true): missing = PhotoMissing.interrupted.rawValue
        case (_, false): discarded = true
        }
    }

    /// As `RecordEncoder` writes it.
    fileprivate func write(into writer: inout RecordWriter) {
        writer.openObject()
        writer.text("camera", camera, atMost: RecordContext.longestName)
        writer.integer("offset", offset)
        if let digest { writer.digest("digest", digest) }
        if let bytes { writer.integer("bytes", bytes) }
        if let image { writer.integer("image", image) }
        if let missing { writer.text("missing", missing) }
        if let discarded { writer.boolean("discarded", discarded) }
        writer.closeObject()
    }
}
