import Exchange
import Lane
import Testing

struct RecoveredRecordTests {
    private let passage = Samples.revisedPassage

    private func body(_ flags: Passage.Flags, due: Bool = true, photos: [PhotoResult] = []) -> [UInt8] {
        var passage = passage
        passage.flags = flags
        passage.photosAreDue = due
        return Array(Samples.body(.passage(passage, photos: photos)).utf8)
    }

    /// The results of the passage's two photos.
    private func results(_ front: PhotoResult.Fate, _ rear: PhotoResult.Fate) -> [PhotoResult] {
        zip(passage.triggers, [front, rear]).map { PhotoResult(camera: $0.camera, trigger: $0.at, $1) }
    }

    private func found(_ camera: String, _ number: Int = 1, after milliseconds: Int64 = 300) -> Record.FoundPhoto {
        // The passage begins 2 s before the stamp.
        let written = UTC(milliseconds: Samples.stamp.utc.milliseconds - 2_000 + milliseconds)
        return Record.FoundPhoto(camera: camera, number: number, digest: Samples.digest, bytes: 77, written: written)
    }

    @Test func `a recovered record has the bytes that the encoder would give it, its photos interrupted`() {
        let interrupted = results(.missing(.interrupted), .missing(.interrupted))
        for index in 0..<Passage.Flags.words.count {
            for other in 0..<Passage.Flags.words.count {
                let flags: Passage.Flags = [Passage.Flags.words[index].0, Passage.Flags.words[other].0]
                #expect(Record.recovered(body(flags)) == body(flags.union(.recovered), photos: interrupted))
            }
        }
        #expect(Record.recovered(body([])) == body(.recovered, photos: interrupted))
    }

    @Test func `a photo that was on the disk is in the recovered record, one that was not is interrupted`() {
        let stored = PhotoResult.Fate.stored(Samples.digest, bytes: 77, at: Samples.at(10_300))
        #expect(
            Record.recovered(body([]), found: [found("front")])
                == body(.recovered, photos: results(stored, .missing(.interrupted))))
    }

    @Test func `photos of an approved passage are discarded`() {
        #expect(
            Record.recovered(body([], due: false), found: [found("front")])
                == body(.recovered, due: false, photos: results(.discarded, .discarded)))
    }

    @Test func `what the record says of a photo already stays, also where a file lies on the disk`() {
        let known = results(.missing(.notAnImage), .stored(Samples.digest, bytes: 5, at: Samples.at(10_470)))
        #expect(
            Record.recovered(body([], photos: known), found: [found("front"), found("rear")])
                == body(.recovered, photos: known))
    }

    @Test func `a photo whose trigger the record does not know is added, dated by its file`() {
        var expected = results(.missing(.interrupted), .missing(.interrupted))
        expected.append(
            PhotoResult(
                camera: CameraNumber(1), trigger: Samples.at(10_500),
                .stored(Samples.digest, bytes: 77, at: Samples.at(10_500))))
        #expect(
            Record.recovered(body([]), found: [found("rear", 2, after: 500)]) == body(.recovered, photos: expected))
    }

    @Test func `a recovered record holds no more photos than any other`() {
        let many = (3...30).map { found("front", $0) }
        let recovered = Record.recovered(body([]), found: many)
        #expect(RecordFields(body: recovered)?.photos?.count == Passage.mostTriggers)
        #expect(recovered.count <= Record.mostBytes)
    }

    @Test func `recovering twice changes nothing more`() {
        let once = Record.recovered(body([.revised]))
        #expect(Record.recovered(once) == once)
    }

    @Test func `a record without flags stays as it is`() {
        let event = StationEvent.degraded(alarm: #""flags":["#, isSet: true, subject: "]")
        let body = Array(Samples.body(.event(event)).utf8)
        #expect(Record.recovered(body) == body)
        #expect(Record.recovered([]) == [])
    }

    @Test func `a text that looks like flags is left alone`() {
        let text = #"{"a":"\"flags\":[\"x\"]","flags":["truncated"]}"#
        let marked = #"{"a":"\"flags\":[\"x\"]","flags":["recovered","truncated"]}"#
        #expect(Record.recovered(Array(text.utf8)) == Array(marked.utf8))
    }

    @Test func `a newer program's flags are kept`() {
        let recovered = Record.recovered(Array(#"{"flags":["revised","unheardOf"]}"#.utf8))
        #expect(recovered == Array(#"{"flags":["revised","unheardOf","recovered"]}"#.utf8))
    }
}
