import Lane
import Lights
import Testing

@testable import Station

/// What has to fit between sections, and the exact line where it does not.
@Suite struct StationChecksTests {
    private typealias Sample = ConfigurationSample
    private static let lane2 = "[lane 2]\nzoneStart = 0 m\nzoneEnd = 1 m\ndecideAt = 1 m\nhead = 1 m"

    @Test(arguments: [
        ("zoneEnd = 1 m", "zoneEnd = -7 m", "5:11: [lane 1] zoneEnd: not behind zoneStart; a zone has a length"),
        (
            "head = 15 m", "head = 15 m\nwithoutAntenna = yes",
            "8:18: [lane 1] withoutAntenna: a reader has an antenna "
                + "over this lane"
        ),
        (
            "antennas = 0:1", "antennas = 0:1\n\(lane2)",
            "14:1: [lane 2] has no antenna; expected a [reader] with "
                + "antennas = PORT:2, or withoutAntenna = yes"
        ),
        (
            "antennas = 0:1", "antennas = 0:1\n\(lane2)\nwithoutAntenna = yes",
            "14:1: [lane 2] has neither antenna nor "
                + "detector: it would see nothing"
        ),
        ("antennas = 0:1", "antennas = 0:1, 1:2", "13:12: [reader reader1] antennas: there is no [lane 2]"),
        (
            "antennas = 0:1", "antennas = 0:1, 0:2\n\(lane2)",
            "13:12: [reader reader1] antennas: one port hangs over one "
                + "lane only"
        ),
        (
            "antennas = 0:1", "antennas = 0:1\nretryMinimum = 40 s",
            "14:16: [reader reader1] retryMinimum: longer than "
                + "retryMaximum"
        ),
        (
            "antennas = 0:1", "antennas = 0:1\n[reader b]\nport = /dev/serial/by-id/usb-1\nantennas = 1:1",
            "15:8: [reader "
                + "b] port: also the port of [reader reader1]"
        ),
        (
            "[lines]", "[detector loop2]\nlane = 1\ninput = lane1.loop\n[lines]",
            "22:9: [detector loop2] input: also the "
                + "input of [detector loop1]"
        ),
        (
            "[lines]", "[detector loop2]\nlane = 3\ninput = lane3.loop\n[lines]",
            "21:8: [detector loop2] lane: there is "
                + "no [lane 3]"
        ),
        (
            "detector = loop1", "detector = lop1",
            "17:12: [camera front1] detector: there is no [detector lop1]; "
                + "did you mean \"loop1\"?"
        ),
        (
            "delay = 60 ms", "delay = 44 ms",
            "19:9: [camera front1] delay: the camera fires before no tag is decided at "
                + "decideAt of [lane 1]; expected a delay of at least 46 ms, or a nearer decideAt"
        ),
        (
            "delay = 60 ms", "",
            "14:1: [camera front1] delay: the camera fires before no tag is decided at "
                + "decideAt of [lane 1]; expected a delay of at least 46 ms, or a nearer decideAt"
        ),
        (
            "driver = simulated", "driver = none",
            "21:10: [lines] driver: none, and there are detectors; "
                + "expected simulated"
        ),
        ("socket = /run/bomstasjon/lines.sock", "", "20:1: [lines] socket is missing; the driver simulated needs it"),
        (
            "[central]", "[central]\nclientKey = /a",
            "24:13: [central] clientKey: clientCertificate and clientKey go "
                + "together"
        ),
        (
            "[central]", "[central]\nclientCertificate = /a",
            "24:21: [central] clientCertificate: clientCertificate and "
                + "clientKey go together"
        ),
        (
            "[lines]", "[lights]\nprofile = clasic\n[lines]",
            "21:11: [lights] profile: there is no profile \"clasic\"; "
                + "expected classic, bergen, camera, dark; did you mean \"classic\"?"
        ),
        (
            "[lines]", "[lights]\nnoticeOverdue = white\nprofile = bergen\n[lines]",
            "21:17: [lights] noticeOverdue: only "
                + "the profile classic leaves it open; leave the line out"
        ),
        (
            "[lines]", "[issuer a]\nprefix = pan:95\n[issuer b]\nprefix = printed:10, pan:95\n[lines]",
            "23:10: [issuer b] prefix: pan:95 is also one of [issuer a]"
        ),
        (
            "[lines]", "[issuer a]\nprefix = ata:KING\nluhn = yes\n[lines]",
            "22:8: [issuer a] luhn: ata:KING stands for texts, which have no check digit; expected no"
        ),
        (
            "[lines]", "[profile bergen]\n[lines]",
            "20:1: [profile bergen]: a shipped profile has this name; "
                + "choose another"
        ),
    ])
    func `what does not fit is told where it stands`(_ line: String, _ lines: String, _ error: String) {
        #expect(Sample.errors(changing: line, to: lines) == "station.conf:\(error)")
    }

    @Test func `lanes are numbered without a gap`() {
        let errors = Sample.errors(changing: "[lane 1]", to: "[lane 2]").split(separator: "\n")
        #expect(errors.first == "station.conf:3:1: [lane 2] without [lane 1]; lanes are numbered 1, 2, 3, …")
    }

    @Test func `detectors need lines`() {
        let lines = "[lines]\ndriver = simulated\nsocket = /run/bomstasjon/lines.sock"
        #expect(
            Sample.errors(changing: lines, to: "")
                == "station.conf:8:1: [detector loop1] is wired to nothing; expected [lines] with a driver")
    }

    @Test func `a camera and its detector are in one lane`() {
        let other = "\(Self.lane2)\n[detector loop2]\nlane = 2\ninput = lane2.loop\n[lines]"
        let text = Sample.least.changing("antennas = 0:1", to: "antennas = 0:1, 1:2").changing("[lines]", to: other)
        #expect(
            Sample.load(text.changing("detector = loop1", to: "detector = loop2")).errors == """
                station.conf:17:12: [camera front1] detector: [detector loop2] watches lane 2, the camera sees lane 1
                """)
    }

    @Test func `a lane has a bounded number of detectors and cameras`() {
        let detectors = (2...9).map { "[detector d\($0)]\nlane = 1\ninput = i\($0)\n" }.joined()
        #expect(Sample.errors(appending: detectors) == "station.conf:47:1: more than 8 detectors in lane 1")
        let cameras = (2...5).map {
            "[camera c\($0)]\nlane = 1\nurl = https://c\($0)\ndetector = loop1\nmoment = trailingEdge\n"
        }.joined()
        #expect(Sample.errors(appending: cameras) == "station.conf:41:1: more than 4 cameras in lane 1")
    }

    @Test func `a rear camera may fire at once, and a front camera at the moment of the decision`() {
        #expect(Sample.errors(changing: "delay = 60 ms", to: "delay = 46 ms") == "")
        let text = Sample.least.changing("moment = leadingEdge\ndelay = 60 ms", to: "moment = trailingEdge")
        #expect(Sample.load(text).errors == "")
    }

    @Test func `a site's own profile is found, and one that leaves outcomes out is refused with their names`() throws {
        let words = Outcome.allCases.map { "\($0.word) = \($0.isApproval ? "green" : "top")\n" }
        let own = "[lights]\nprofile = own\n[profile own]\ntop = camera\n"
        let whole = try #require(Sample.load(Sample.least + own + words.joined()).configuration)
        #expect(whole.lights.profile.name == "own")
        #expect(whole.lights.profile.top == .camera)
        #expect(whole.lights.profile.aspect(for: .unjudged) == .top)
        #expect(
            Sample.errors(appending: own + words.dropFirst(2).joined()) == """
                station.conf:28:1: [profile own] leaves out approved, noticePrepaidLow; \
                a profile names an aspect for every outcome
                """)
        let red = own + words.joined().changing("noTag = top", to: "noTag = red")
        #expect(
            Sample.errors(appending: red)
                == "station.conf:42:9: [profile own] noTag: \"red\" is not known here; expected dark, top, white or green"
        )
    }

    @Test func `issuers make the table in which the longest prefix decides`() throws {
        let text =
            "[issuer own]\nprefix = pan:95, printed:\n[issuer foreign]\nprefix = pan:9578\naccepted = no\nluhn = yes\n"
        let issuers = try #require(Sample.load(Sample.least + text).configuration).issuers
        #expect(issuers.rows.map(\.prefix.text) == ["pan:9578", "pan:95", "printed:"])
        #expect(issuers.rows.map(\.name) == ["foreign", "own", "own"])
        #expect(issuers.rows.map(\.isAccepted) == [false, true, true])
        #expect(issuers.rows.map(\.demandsLuhn) == [true, false, false])
        #expect(try #require(Sample.load(Sample.least).configuration).issuers == AcceptedIssuers())
    }

    @Test func `one broken section line brings no errors about what stands below it or refers to it`() {
        #expect(
            Sample.errors(changing: "[lane 1]", to: "[lane 1") == """
                station.conf:3:1: "[lane 1" is no section; expected [kind] or [kind name]
                """)
        #expect(
            Sample.errors(changing: "[lane 1]", to: "[lan 1]")
                == "station.conf:3:1: unknown section \"lan\"; did you mean \"lane\"?")
    }
}
