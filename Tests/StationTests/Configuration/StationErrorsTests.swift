import Testing

@testable import Station

/// Each thing that can be wrong with a station's file, and the exact line that says so.
@Suite struct StationErrorsTests {
    private typealias Sample = ConfigurationSample

    /// Instead of `id = 42` in line 2, or of the section in line 1.
    @Test(arguments: [
        ("id = 42", "", "1:1: [station] id is missing; expected a whole number from 1 to 999999999, such as 42"),
        ("id = 42", "id =", "2:5: [station] id: no value; expected a whole number from 1 to 999999999"),
        ("id = 42", "id = 0", "2:6: [station] id: \"0\" is out of range; expected a whole number from 1 to 999999999"),
        (
            "id = 42", "id = 4x",
            "2:6: [station] id: \"4x\" is no whole number; expected a whole number from 1 to 999999999"
        ),
        ("id = 42", "id = 42\nid = 43", "3:1: [station] id stands twice; the first is in line 2"),
        ("id = 42", "id = 42\nnmae = x", "3:1: [station]: unknown key \"nmae\"; did you mean \"name\"?"),
        (
            "id = 42", "id = 42\nzzzz = x",
            """
            3:1: [station]: unknown key "zzzz"; the keys are id, name, stateFolder, controlSocket, group, realtime
            """
        ),
        (
            "id = 42", "id = 42\nstateFolder = var/lib",
            "3:15: [station] stateFolder: \"var/lib\" is not absolute; expected an absolute path of at most 4095 bytes"
        ),
        (
            "id = 42", "id = 42\ngroup = a b",
            """
            3:9: [station] group: "a b" has a " "; expected a name of at most 32 letters, digits, dots, dashes or underscores
            """
        ),
        (
            "id = 42", "id = 42\ncontrolSocket = /\(String(repeating: "a", count: 107))",
            """
            3:17: [station] controlSocket: "/\(String(repeating: "a", count: 59))…" has 108 bytes; \
            expected an absolute path of at most 107 bytes
            """
        ),
        (
            "[station]", "[station x]",
            "1:1: [station x]: expected [station] without a name"
        ),
        ("id = 42", "id = 42\n[station]\nid = 3", "3:1: [station] stands twice; the first is in line 1"),
        ("id = 42", "id = 42\n[lihgts]", "3:1: unknown section \"lihgts\"; did you mean \"lights\"?"),
        (
            "id = 42", "id = 42\n[gate]",
            """
            3:1: unknown section "gate"; the sections are [station], [lane], [detector], [reader], [camera], [lights], \
            [profile], [lines], [central], [issuer], [journal], [photos], [log]
            """
        ),
    ])
    func `the station's section`(_ line: String, _ lines: String, _ error: String) {
        #expect(Sample.errors(changing: line, to: lines) == "station.conf:\(error)")
    }

    /// Instead of, or behind, `head = 15 m` in line 7.
    @Test(arguments: [
        ("15", "7:8: [lane 1] head: \"15\" has no unit; expected a length from -200 m to 200 m (mm, cm, m)"),
        (
            "15 M",
            "7:11: [lane 1] head: \"M\" is no unit here; expected a length from -200 m to 200 m (mm, cm, m)"
                + "; did you mean \"m\"?"
        ),
        (
            "far",
            "7:8: [lane 1] head: \"far\" does not begin with a number; expected a length from -200 m to 200 m "
                + "(mm, cm, m)"
        ),
        ("300 m", "7:8: [lane 1] head: \"300 m\" is out of range; expected a length from -200 m to 200 m (mm, cm, m)"),
        (
            "1.0001 m",
            "7:8: [lane 1] head: \"1.0001\" is finer than can be kept; expected a length from -200 m to 200 m "
                + "(mm, cm, m)"
        ),
        ("1.2.3 m", "7:8: [lane 1] head: \"1.2.3\" is no number; expected a length from -200 m to 200 m (mm, cm, m)"),
        (
            "15 m\ngapHold = 5 sekunder",
            "8:13: [lane 1] gapHold: \"sekunder\" is no unit here; "
                + "expected a duration from 0 s to 2 s (ns, us, ms, s, min, h, d)"
        ),
        (
            "15 m\ngapHold = 3 s",
            "8:11: [lane 1] gapHold: \"3 s\" is out of range; "
                + "expected a duration from 0 s to 2 s (ns, us, ms, s, min, h, d)"
        ),
        (
            "15 m\ngapHold = -1 s",
            "8:11: [lane 1] gapHold: \"-1 s\" is out of range; "
                + "expected a duration from 0 s to 2 s (ns, us, ms, s, min, h, d)"
        ),
        (
            "15 m\ngapHold = 99999999999999999999 s",
            "8:11: [lane 1] gapHold: \"99999999999999999999\" has too many "
                + "digits; expected a duration from 0 s to 2 s (ns, us, ms, s, min, h, d)"
        ),
        (
            "15 m\ngapHold = 9999999999 d",
            "8:11: [lane 1] gapHold: \"9999999999\" is too large; "
                + "expected a duration from 0 s to 2 s (ns, us, ms, s, min, h, d)"
        ),
        (
            "15 m\nfastest = 0 km/h",
            "8:11: [lane 1] fastest: \"0 km/h\" is no speed above zero; "
                + "expected a speed from 1 km/h to 300 km/h (mm/s, km/h, m/s)"
        ),
        (
            "15 m\nfastest = 80 kmh",
            "8:14: [lane 1] fastest: \"kmh\" is no unit here; "
                + "expected a speed from 1 km/h to 300 km/h (mm/s, km/h, m/s); did you mean \"km/h\"?"
        ),
        (
            "15 m\nphotographUnjudged = maybe",
            "8:22: [lane 1] photographUnjudged: \"maybe\" is not known here; "
                + "expected yes or no"
        ),
        ("15 m\nslowest = 200 km/h", "8:11: [lane 1] slowest: not slower than fastest"),
        ("15 m\n[lane 01]", "8:1: [lane 01]: expected [lane 1] to [lane 16]"),
        ("15 m\n[lane 17]", "8:1: [lane 17]: expected [lane 1] to [lane 16]"),
        ("15 m\n[lane]", "8:1: [lane]: expected [lane 1] to [lane 16]"),
        ("15 m\n[lane 1]", "8:1: [lane 1] stands twice; the first is in line 3"),
    ])
    func `the lanes' sections`(_ value: String, _ error: String) {
        #expect(Sample.errors(changing: "head = 15 m", to: "head = \(value)") == "station.conf:\(error)")
    }

    private static let antennas = "expected 1 to 8 values with commas between, each PORT:LANE with a port from 0 to 15"

    /// Instead of, or behind, `antennas = 0:1` in line 13.
    @Test(arguments: [
        ("", "11:1: [reader reader1] antennas is missing; \(antennas), such as 0:1, 1:2"),
        ("antennas = 0:1, 0:1", "13:17: [reader reader1] antennas: \"0:1\" stands there twice; \(antennas)"),
        ("antennas = 0", "13:12: [reader reader1] antennas: \"0\" is no PORT:LANE; \(antennas)"),
        ("antennas = 0:1, 16:1", "13:17: [reader reader1] antennas: \"16\" is out of range; \(antennas)"),
        ("antennas = ,", "13:12: [reader reader1] antennas: 0 values; \(antennas)"),
        (
            "antennas = 0:1\nbaud = 9601",
            "14:8: [reader reader1] baud: \"9601\" is not known here; "
                + "expected 1200, 2400, 4800, 9600, 19200 or 38400; did you mean \"9600\"?"
        ),
        (
            "antennas = 0:1\ncrc = ccit-false",
            "14:7: [reader reader1] crc: \"ccit-false\" is not known here; "
                + "expected printed, xmodem or ccitt-false; did you mean \"ccitt-false\"?"
        ),
        (
            "antennas = 0:1\ntagText = printed10",
            "14:11: [reader reader1] tagText: \"printed10\" is no rule; "
                + "expected printed10or16, ata, agencySerial DIGITS or agencySerial DIGITS PREFIX; "
                + "did you mean \"printed10or16\"?"
        ),
        (
            "antennas = 0:1\ntagText = agencySerial 18 KING",
            "14:11: [reader reader1] tagText: a tag's text has "
                + "20 characters; expected printed10or16, ata, agencySerial DIGITS or agencySerial DIGITS PREFIX"
        ),
        (
            "antennas = 0:1\nuniqueness = 63",
            "14:14: [reader reader1] uniqueness: \"63\": 63 would clear the reads that "
                + "the reader has buffered; expected asFound, once or everyRead, or the model's command such as 41"
        ),
        (
            "antennas = 0:1\nfurtherCommands = 311, 63",
            "14:24: [reader reader1] furtherCommands: \"63\": 63 would clear "
                + "the reads that the reader has buffered; expected none, or 1 to 16 values with commas between, each "
                + "a command of 1 to 72 hex digits"
        ),
    ])
    func `the readers' sections`(_ lines: String, _ error: String) {
        #expect(Sample.errors(changing: "antennas = 0:1", to: lines) == "station.conf:\(error)")
    }

    private static let endpoint = "expected https://host[:port] (http:// only to this computer), or unix:/path"
    private static let prefixes =
        "expected 1 to 16 values with commas between, each SYSTEM:DIGITS with pan, printed, agency, ata as system, and at most 12 digits"
    private static let memory =
        "expected a size from 1 MB to 1 TB (B, kB, MB, GB, TB), or 1 % to 90 % of the memory"
    private static let name = "expected a name of at most 16 letters, digits, dots, dashes or underscores"

    @Test(arguments: [
        (
            "moment = leadingEdge", "moment = front",
            "18:10: [camera front1] moment: \"front\" is not known here; "
                + "expected leadingEdge or trailingEdge"
        ),
        (
            "url = http://127.0.0.1:8081/front.jpg", "url = http://10.0.0.1/a",
            "16:7: [camera front1] url: "
                + "address http://10.0.0.1/a: plain http goes to this computer only (127.0.0.1, [::1], localhost); use https; "
                + "expected a URL that begins with https:// (http:// only to this computer)"
        ),
        (
            "url = https://central.example", "url = http://central.example",
            "24:7: [central] url: address "
                + "http://central.example: plain http goes to this computer only (127.0.0.1, [::1], localhost); use https; "
                + endpoint
        ),
        (
            "publicKeys = \(ConfigurationSample.key)", "publicKeys = abc",
            "25:14: [central] publicKeys: \"abc\" is no "
                + "public key; expected 1 to 4 values with commas between, each an Ed25519 public key of 64 hex digits"
        ),
        (
            "[central]", "[central]\nlistMemory = 95 %",
            "24:14: [central] listMemory: \"95\" is out of range; \(memory)"
        ),
        (
            "[central]", "[central]\nlistMemory = half",
            "24:14: [central] listMemory: \"half\" does not begin with a number; \(memory)"
        ),
        (
            "[central]", "[central]\nlistMemory = 512",
            "24:14: [central] listMemory: \"512\" has no unit; \(memory)"
        ),
        (
            "[lines]", "[issuer a]\nprefix = pam:9578\n[lines]",
            "21:10: [issuer a] prefix: \"pam:9578\" is no prefix; \(prefixes); did you mean \"pan\"?"
        ),
        (
            "[lines]", "[issuer a]\nprefix = pan:95x8\n[lines]",
            "21:10: [issuer a] prefix: \"pan:95x8\" is no prefix; \(prefixes)"
        ),
        (
            "[lines]", "[issuer a]\naccepted = yes\n[lines]",
            "20:1: [issuer a] prefix is missing; \(prefixes), such as pan:9578, printed:10"
        ),
        (
            "driver = simulated", "driver = gpio",
            "21:10: [lines] driver: \"gpio\" is not known here; "
                + "expected none or simulated"
        ),
        ("[lines]", "[profile ø]\n[lines]", "20:1: [profile]: \"ø\" has a \"ø\"; \(name), such as [profile own]"),
        ("[lines]", "[profile]\n[lines]", "20:1: [profile]: a name is missing; \(name), such as [profile own]"),
        (
            "[lines]", "[profile seventeen.letters]\n[lines]",
            "20:1: [profile]: \"seventeen.letters\" has 17 characters; \(name), such as [profile own]"
        ),
        (
            "[lines]", "[log]\nlevel = loud\n[lines]",
            "21:9: [log] level: \"loud\" is not known here; "
                + "expected error, warning, notice, info or debug"
        ),
        (
            "[lines]", "[photos]\nmostBytes = 40 Gb\n[lines]",
            "21:16: [photos] mostBytes: \"Gb\" is no unit here; "
                + "expected a size from 10 MB to 1 TB (B, kB, MB, GB, TB); did you mean \"GB\"?"
        ),
        (
            "[lines]", "[journal]\nretention = 90\n[lines]",
            "21:13: [journal] retention: \"90\" has no unit; "
                + "expected a duration from 1 d to 3650 d (ns, us, ms, s, min, h, d)"
        ),
    ])
    func `the other sections`(_ line: String, _ lines: String, _ error: String) {
        #expect(Sample.errors(changing: line, to: lines) == "station.conf:\(error)")
    }

    @Test func `all errors of a file are told, in the order of its lines`() {
        let text = "[station]\nid = x\n[lane 1]\nzoneStart = 1\nhaed = 2 m\n"
        #expect(
            Sample.load(text).errors == """
                station.conf:2:6: [station] id: "x" is no whole number; expected a whole number from 1 to 999999999
                station.conf:3:1: [lane 1] zoneEnd is missing; expected a length from -200 m to 200 m (mm, cm, m), \
                such as 1 m
                station.conf:3:1: [lane 1] decideAt is missing; expected a length from -200 m to 200 m (mm, cm, m), \
                such as 2 m
                station.conf:3:1: [lane 1] head is missing; expected a length from -200 m to 200 m (mm, cm, m), \
                such as 15 m
                station.conf:3:1: [lane 1] has no antenna; expected a [reader] with antennas = PORT:1, or \
                withoutAntenna = yes
                station.conf:4:13: [lane 1] zoneStart: "1" has no unit; expected a length from -200 m to 200 m (mm, cm, m)
                station.conf:5:1: [lane 1]: unknown key "haed"; did you mean "head"?
                """)
    }

    @Test func `twenty errors are shown, and the others counted`() {
        let keys = (1...1_000).map { "key\($0) = 1\n" }.joined()
        let lines = Sample.errors(appending: keys).split(separator: "\n")
        #expect(lines.count == 21)
        #expect(lines.last == "station.conf: and 980 more")
    }

    @Test func `an empty file lacks what every station has`() {
        #expect(
            Sample.load("").errors == """
                station.conf: section [station] is missing
                station.conf: no lane; expected a section [lane 1]
                """)
    }
}
