import Lane
import Testing

@testable import LaneSim

@Suite struct DemoReportTests {
    private let three = """
        [vehicle a]
        at = 1 s
        [vehicle b]
        at = 2 s
        lane = 2
        outcome = noTag
        [vehicle c]
        at = 3 s
        """

    private func report(
        _ passages: [DemoReport.PassageLine], _ course: DemoCourse? = nil, proof delivery: DeliveryProof? = nil,
        photosLeft: Int = 0
    ) throws -> DemoReport {
        var course = course ?? DemoCourse()
        course.startedAt = noon
        return DemoReport(
            try scenario(three), course, delivery ?? proof(passages: passages.count), passages: passages, photos: [],
            photosLeft: photosLeft)
    }

    private let all = [line(4, at: 1_003), line(5, lane: 2, at: 2_001, .noTag), line(7, at: 3_000)]

    @Test func `all there, in order, as expected: good`() throws {
        let report = try report(all)
        #expect(report.isGood && report.complaints == [] && report.excused == [] && report.delivery == nil)
        #expect(report.lastLine == "demo: 3 vehicles, 3 passages at central, in order, 0 lost, 0 duplicated")
        #expect(report.rows[1] == "5    2026-01-31T12:00:02.001Z  lane 2  noTag             ")
    }

    @Test func `a vehicle without a passage is lost`() throws {
        let report = try report([all[0], all[2]])
        #expect(!report.isGood)
        #expect(report.lastLine == "demo: 3 vehicles, 2 passages at central, in order, 1 lost, 0 duplicated")
        #expect(report.complaints == ["b: no passage in lane 2 at 2.0 s"])
    }

    @Test func `a passage that is there twice is a duplicate`() throws {
        let report = try report([all[0], all[1], all[1], all[2]])
        #expect(!report.isGood)
        #expect(report.lastLine == "demo: 3 vehicles, 3 passages at central, in order, 0 lost, 1 duplicated")
    }

    @Test func `sequences that do not rise, or two journals, are out of order`() throws {
        for passages in [[all[1], all[0], all[2]], [all[0], all[1], line(8, at: 3_000, journal: "b")]] {
            let report = try report(passages)
            #expect(!report.isGood)
            #expect(report.lastLine.contains("3 passages at central, OUT OF ORDER, 0 lost"))
        }
    }

    @Test func `another outcome than the scenario's is a complaint`() throws {
        let report = try report([all[0], line(5, lane: 2, at: 2_001, .readerDown), all[2]])
        #expect(!report.isGood)
        #expect(report.complaints == ["b: expected noTag, the record says readerDown"])
    }

    @Test func `a passage in another lane or at another time is no vehicle's`() throws {
        let report = try report([all[0], line(5, lane: 1, at: 2_001, .noTag), line(7, at: 4_500)])
        #expect(!report.isGood)
        #expect(report.lastLine.contains("2 lost"))
        #expect(
            report.complaints.suffix(2) == [
                "passage 5 in lane 1 is no vehicle's", "passage 7 in lane 1 is no vehicle's",
            ])
    }

    @Test func `photos that are missing at the central server, or stay at the station, are complaints`() throws {
        #expect(
            try report(all, proof: proof(passages: 3, photos: 2)).complaints
                == ["2 photos are in records, 0 are at the central server"])
        #expect(try report(all, photosLeft: 1).complaints == ["1 photos are left on the station's disk"])
    }

    // MARK: When something was killed

    private func course(_ process: Scenario.Process, from: Int64, to: Int64) -> DemoCourse {
        var course = DemoCourse()
        course.kill(process, at: .milliseconds(from))
        course.start(process)
        course.recover(at: .milliseconds(to))
        return course
    }

    @Test func `who passes while the station is down is missing with a reason`() throws {
        let report = try report([all[0], all[2]], course(.station, from: 1_900, to: 2_600))
        #expect(report.isGood)
        #expect(report.excused == ["b at 2.0 s: no passage; the station was down from 1.9 s to 2.6 s"])
        #expect(report.lastLine == "demo: 3 vehicles, 2 passages at central, in order, 0 lost, 0 duplicated")
        #expect(report.delivery == "committed 2, at central 2; chain of 2 records verified, digest by digest")
    }

    @Test func `who passes at another time is lost all the same`() throws {
        #expect(try !report([all[1], all[2]], course(.station, from: 1_900, to: 2_600)).isGood)
        #expect(try !report([all[0], all[1]], course(.devices, from: 1_900, to: 2_600)).isGood)
    }

    @Test func `the central server's downtime excuses nothing`() throws {
        let report = try report([all[0], all[2]], course(.central, from: 1_900, to: 2_600))
        #expect(!report.isGood && report.lastLine.contains("1 lost"))
    }

    @Test func `a station that does not recover is a failure, whatever it excuses`() throws {
        var course = DemoCourse()
        course.kill(.devices, at: .milliseconds(1_900))
        let report = try report([all[0], all[2]], course)
        #expect(!report.isGood && report.excused.count == 1)
        #expect(report.complaints == ["the device simulator was killed, and the station did not recover from it"])
    }

    @Test func `a downtime lasts until everything works again`() {
        var course = DemoCourse()
        course.kill(.station, at: .seconds(1))
        course.recover(at: .seconds(2))
        #expect(course.isDown)
        course.start(.station)
        course.recover(at: .seconds(3))
        #expect(!course.isDown && course.lastRecovery == .seconds(3))
        #expect(course.downtimes.map(\.from) == [.seconds(1)])
    }
}
