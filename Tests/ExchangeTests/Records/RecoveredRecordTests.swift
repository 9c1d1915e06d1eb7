import Exchange
import Lane
import Testing

struct RecoveredRecordTests {
    private func body(_ flags: Passage.Flags) -> [UInt8] {
        var passage = Samples.revisedPassage
        passage.flags = flags
        return Array(Samples.body(.passage(passage, photos: [])).utf8)
    }

    @Test func `a recovered record has the bytes that the encoder would give it`() {
        for index in 0..<Passage.Flags.words.count {
            for other in 0..<Passage.Flags.words.count {
                let flags: Passage.Flags = [Passage.Flags.words[index].0, Passage.Flags.words[other].0]
                #expect(Record.recovered(body(flags)) == body(flags.union(.recovered)))
            }
        }
        #expect(Record.recovered(body([])) == body(.recovered))
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
