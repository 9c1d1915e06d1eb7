import Lane
import Testing

@testable import LaneSim

@Suite struct WireCourseTests {
    @Test func `what befalls programs comes in the order of time, each once`() throws {
        var scenario = try WireSample.scenario([
            (.seconds(5), .seconds(1), .killed(.station)), (.seconds(1), .seconds(2), .centralAway),
            (.seconds(7), nil, .stopped(.devices)), (.seconds(2), nil, .linesAway),
        ])
        scenario.lists = [PublishedList(at: .zero, entries: []), PublishedList(at: .seconds(4), entries: [])]
        var course = WireCourse(scenario)
        #expect(course.next == .seconds(1))
        #expect(course.take(until: .seconds(4)) == [.stop(.central), .start(.central), .publish(1)])
        #expect(course.take(until: .seconds(4)) == [])
        #expect(course.take(until: .seconds(9)) == [.kill(.station), .start(.station), .stop(.devices)])
        #expect(course.next == nil)
    }

    @Test func `a downtime lasts until everything works again`() throws {
        var course = WireCourse(try WireSample.scenario())
        course.end(.station, at: .seconds(1))
        course.recover(at: .seconds(2))
        #expect(!course.isRecovering && course.isGone(.station))
        course.start(.station)
        #expect(course.isRecovering && !course.isGone(.station))
        course.recover(at: .seconds(3))
        #expect(!course.isRecovering)
        #expect(
            course.downtimes == [Observation.Downtime(program: .station, from: .seconds(1), to: .seconds(3))])
    }

    @Test func `one that never came back is down to the end`() throws {
        var course = WireCourse(try WireSample.scenario())
        course.end(.central, at: .seconds(1))
        #expect(course.downtimes == [Observation.Downtime(program: .central, from: .seconds(1))])
    }
}
