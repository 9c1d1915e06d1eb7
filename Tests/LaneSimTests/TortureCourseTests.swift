import Lane
import Testing

@testable import LaneSim

@Suite struct TortureCourseTests {
    private static let courses = (0..<50).map { seed in TortureCourse(seed: seed, round: 3, kills: 10) }

    @Test func `a seed and a round give one course, others another`() {
        #expect(TortureCourse(seed: 4, round: 3, kills: 10).steps == Self.courses[4].steps)
        #expect(Set(Self.courses.map(\.steps)).count == Self.courses.count)
        #expect(TortureCourse(seed: 4, round: 2, kills: 10).steps != Self.courses[4].steps)
    }

    @Test(arguments: courses.indices) func `it kills as often as asked, and each program is where it can be killed`(
        index: Int
    ) {
        let course = Self.courses[index]
        var (down, paused): (Set<Fault.Program>, Set<Fault.Program>) = ([], [])
        var kills = 0
        for step in course.steps {
            switch step.deed {
            case .kill(let program):
                kills += 1
                paused.remove(program)
                #expect(down.insert(program).inserted)
            case .start(let program): #expect(down.remove(program) != nil)
            case .pause(let program):
                #expect(!down.contains(program))
                #expect(paused.insert(program).inserted)
            case .goOn(let program): #expect(paused.remove(program) != nil)
            case .link, .fill, .release: break
            }
        }
        #expect(kills == 10)
        #expect(down.isEmpty && paused.isEmpty)
    }

    @Test(arguments: courses.indices) func `in the end the network passes and the disk has room`(index: Int) {
        let course = Self.courses[index]
        let deeds = course.steps.map(\.deed)
        #expect(deeds.last { if case .link = $0 { true } else { false } } == .link(.passes))
        #expect(deeds.last { $0 == .fill || $0 == .release } == .release)
        #expect(course.steps.allSatisfy { $0.at < course.ends })
    }
}
