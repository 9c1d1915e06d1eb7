import Station
import Testing

@testable import LaneSim

/// What is wrong with a scenario is said with its place, what was expected, and what was most likely meant.
@Suite struct LanguageErrorTests {
    @Test func `a file without its section, or without anything that happens`() throws {
        #expect(
            try LanguageFiles().errors(of: "") == """
                a.lane: section [scenario] is missing
                a.lane: neither [vehicle NAME] nor [traffic NAME]: nothing would happen
                """)
        #expect(
            try LanguageFiles().errors(of: "[scenario]\nsite = one-lane.conf\n")
                == "a.lane: neither [vehicle NAME] nor [traffic NAME]: nothing would happen")
        let missing = try errors(changing: "site = one-lane.conf", to: "")
        #expect(missing.hasPrefix("a.lane:1:1: [scenario] site is missing; expected "))
    }

    @Test func `an unknown section, key or word comes with the nearest known one`() throws {
        #expect(
            try errors(appending: "[vehicel b]\nat = 3 s\n")
                == "a.lane:8:1: unknown section \"vehicel\"; did you mean \"vehicle\"?")
        #expect(
            try errors(appending: "sped = 3 s\n")
                == "a.lane:8:1: [vehicle first]: unknown key \"sped\"; did you mean \"speed\"?")
        #expect(try errors(appending: "outcome = aproved\n").hasSuffix("; did you mean \"approved\"?"))
        #expect(
            try errors(appending: "flags = revisd\n").hasPrefix(
                "a.lane:8:9: [vehicle first] flags: \"revisd\" is not known here; expected "))
        #expect(
            try errors(appending: "kind = lory\n")
                == "a.lane:8:8: [vehicle first] kind: there is no [kind lory]; did you mean \"lorry\"?")
    }

    @Test(arguments: [
        ("seed = one", "a.lane:3:8: [scenario] seed: \"one\" is no whole number; expected a whole number from 0 to"),
        ("seed = 18446744073709551616", "a.lane:3:8: [scenario] seed: \"18446744073709551616\" is out of range"),
        (
            "startsAt = Monday",
            "a.lane:3:12: [scenario] startsAt: \"Monday\" is no moment; expected a moment in UTC such as"
        ),
        ("startsAt = 2026-02-30", "a.lane:3:12: [scenario] startsAt: \"2026-02-30\" is no moment"),
        (
            "limit = 32 d",
            "a.lane:3:9: [scenario] limit: \"32 d\" is out of range; expected a duration from 1 s to 31 d"
        ),
        (
            "limit = 1 s",
            "a.lane:7:6: [vehicle first] at: not over before the limit of [scenario], 1 s; it would never come"
        ),
        ("include = b.lane", "a.lane:3:11: b.lane cannot be read: No such file or directory; a path counts from"),
        ("include = a.lane", "a.lane:3:11: \""),
    ])
    func `a key of the head that is wrong`(line: String, expected: String) throws {
        let found = try errors(changing: "site = one-lane.conf", to: "site = one-lane.conf\n\(line)")
        #expect(found.hasPrefix(expected), "\(found)")
        #expect(!found.contains("\n"))
    }

    @Test func `a site that is not there, and one that is wrong in its own file`() throws {
        #expect(
            try errors(changing: "site = one-lane.conf", to: "site = none.conf")
                == "a.lane:2:8: none.conf cannot be read: No such file or directory; "
                + "a path counts from the folder of the file that says it")
        let files = try LanguageFiles()
        try files.write(
            "[station]\nid = x\n[lane 1]\nzoneStart = -6 m\nzoneEnd = 1 m\ndecideAt = 3 m\n", to: "bad.conf")
        let found = try files.errors(of: LanguageFiles.good.replacing("one-lane", with: "bad"))
        #expect(found.contains("bad.conf:2:6: [station] id: \"x\" is no whole number"))
        #expect(found.contains("bad.conf:3:1: [lane 1] head is missing"))
        #expect(
            try errors(appending: "[lane 1]\ngaphold = 3 s\n")
                == "a.lane:9:1: [lane 1]: unknown key \"gaphold\"; did you mean \"gapHold\"?")
        #expect(
            try errors(appending: "[lights]\nprofile = bergn\n").hasPrefix(
                "a.lane:9:11: [lights] profile: there is no profile \"bergn\"; expected "))
    }

    @Test func `includes that go round, too deep, or are wrong in their own file`() throws {
        let files = try LanguageFiles()
        try files.write("[scenario]\ninclude = a.lane\n", to: "b.lane")
        let round = try files.errors(of: "[scenario]\ninclude = b.lane\n")
        #expect(round.hasPrefix("b.lane:2:11: ") && round.hasSuffix("includes itself, by way of others or at once"))
        for depth in 0..<10 { try files.write("[scenario]\ninclude = d\(depth + 1).lane\n", to: "d\(depth).lane") }
        #expect(
            try files.errors(of: "[scenario]\ninclude = d0.lane\n")
                == "d6.lane:2:11: includes 8 deep; put them into one file")
        try files.write("[agreement anna]\nnumbr = 1\n", to: "b.lane")
        let wrong = try files.errors(of: "[scenario]\nsite = one-lane.conf\ninclude = b.lane\n[vehicle a]\nat = 1 s\n")
        #expect(wrong.contains("b.lane:2:1: [agreement anna]: unknown key \"numbr\"; did you mean \"number\"?"))
    }

    @Test(arguments: [
        ("tag = ana", "a.lane:7:7: [vehicle first] tag: there is no [agreement ana]; did you mean \"anna\"?"),
        (
            "tag = somebody",
            "a.lane:7:7: [vehicle first] tag: there is no [agreement somebody]; "
                + "what the tag gives in its own words stands in \"…\""
        ),
        (
            "tag = 10 99",
            "a.lane:7:7: [vehicle first] tag: \"10 99\" is no number of this site's tags; "
                + "expected 10 or 16 digits, or \"10 99\" in quotes if that is what the tag shall give"
        ),
        ("tag = \"?", "a.lane:7:7: [vehicle first] tag: \"? is not closed by \"; expected an agreement's name"),
        ("tag = anna\nlane = 2", "a.lane:8:8: [vehicle first] lane: the site has no lane 2; it has lane 1"),
        ("tag = anna\nlike = ola", "a.lane:8:8: [vehicle first] like: there is no [vehicle ola] above it"),
        ("tag = anna\nreads = 3", "a.lane:8:9: [vehicle first] reads: only together with heard"),
        ("mounting = wrong", "a.lane:7:12: [vehicle first] mounting: the vehicle has no tag; say tag = …"),
        (
            "tag = anna\nsecondMounting = foil",
            "a.lane:8:18: [vehicle first] secondMounting: the vehicle has no second tag; say second = …"
        ),
        ("tag = anna\nphotos = front2", "a.lane:8:10: [vehicle first] photos: there is no [camera front2]"),
        (
            "tag = anna\nlight = camera",
            "a.lane:8:9: [vehicle first] light: this site's heads have no camera place; their top place is called yellow"
        ),
        (
            "tag = anna\nlightWithin = 1 s",
            "a.lane:8:15: [vehicle first] lightWithin: only together with a light"
        ),
        (
            "tag = anna\npassages = 0\noutcome = approved",
            "a.lane:9:11: [vehicle first] outcome: with passages = 0 there is nothing to look at"
        ),
        (
            "tag = anna\nhalts = 3 m for 2 s, 1 m for 2 s",
            "a.lane:8:9: [vehicle first] halts: not in the order in which the vehicle comes to them"
        ),
        (
            "tag = anna\nhalts = 3 m",
            "a.lane:8:9: [vehicle first] halts: \"3 m\" is no such pair; expected 1 to 16 values"
        ),
        ("tag = anna\nstraddles = 1", "a.lane:8:13: [vehicle first] straddles: lane 1 does not lie beside lane 1"),
        ("tag = anna\n[vehicle first]\nat = 9 s", "a.lane:8:1: [vehicle first] stands twice; the first is in line 5"),
    ])
    func `a vehicle that is wrong`(lines: String, expected: String) throws {
        let found = try errors(changing: "tag = anna", to: lines)
        #expect(found.hasPrefix(expected), "\(found)")
        #expect(!found.contains("\n"), "\(found)")
    }

    @Test(arguments: [
        (
            "[agreement b]\nnumber = 12",
            "a.lane:9:10: [agreement b] number: \"12\" is no number of this site's tags; expected 10 or 16 digits"
        ),
        ("[agreement b]\nnumber = 1000000011", "a.lane:9:10: [agreement b] number: [agreement anna] has it"),
        (
            "[agreement b]\nnumber = 1000000012\nfrom = 2026-02-01\nuntil = 2026-01-01",
            "a.lane:11:9: [agreement b] until: not after from"
        ),
        (
            "[agreement b]\nnumber = 1000000012\nstatus = blockd",
            "a.lane:10:10: [agreement b] status: \"blockd\" is not known here; expected approved, exempt"
        ),
        (
            "[list b]\nat = 1 s\nwithout = ana",
            "a.lane:10:11: [list b] without: there is no [agreement ana]; did you mean \"anna\"?"
        ),
        ("[list b]\nat = 1 s\nchanged = ola blocked", "a.lane:10:11: [list b] changed: there is no [agreement ola]"),
        ("[traffic t]\nlane = 3", "a.lane:9:8: [traffic t] lane: the site has no lane 3; it has lane 1"),
        ("[traffic t]\nfrom = 2 h\nuntil = 1 h", "a.lane:10:9: [traffic t] until: not after from"),
        (
            "[traffic t]\nuntil = 31 d\nperHour = 2400",
            "a.lane:8:1: [traffic t]: more than 200000 vehicles in one scenario; lanesim year drives more"
        ),
        (
            "[traffic t]\ncurve = 1, 2",
            "a.lane:9:9: [traffic t] curve: 2 values; expected 24 values with commas between"
        ),
        (
            "[traffic t]\ntagged = 70",
            "a.lane:9:10: [traffic t] tagged: \"70\" has no unit; expected a part from 0 % to 100 %"
        ),
        ("[traffic t]\ntagged = 170 %", "a.lane:9:10: [traffic t] tagged: \"170 %\" is out of range"),
    ])
    func `agreements, lists and traffic that are wrong`(lines: String, expected: String) throws {
        let found = try errors(appending: lines)
        #expect(found.hasPrefix(expected), "\(found)")
        #expect(!found.contains("\n"), "\(found)")
    }

    @Test(arguments: [
        ("what = readerUnplugged", "a.lane:8:1: [fault f] which is missing; readerUnplugged needs it"),
        (
            "what = readerUnplugged\nwhich = west",
            "a.lane:11:9: [fault f] which: there is no [reader west]; there are east"
        ),
        ("what = detectorOccupied\nwhich = loop2", "a.lane:11:9: [fault f] which: there is no [detector loop2]"),
        ("what = cameraSilent\nwhich = front9", "a.lane:11:9: [fault f] which: there is no [camera front9]"),
        (
            "what = killed\nwhich = statoin",
            "a.lane:11:9: [fault f] which: \"statoin\" is no program; expected station, central or devices; "
                + "did you mean \"station\"?"
        ),
        ("what = diskFull\nby = 3 s", "a.lane:11:6: [fault f] by: diskFull has none; leave it out"),
        ("what = diskSlow", "a.lane:8:1: [fault f] by is missing; diskSlow needs it"),
        ("what = diskSlow\nby = -3 s", "a.lane:11:6: [fault f] by: only clockSteps goes backwards"),
        ("what = clockSteps\nby = 3 s\nfor = 1 s", "a.lane:12:7: [fault f] for: clockSteps is over in a moment"),
        ("what = unplugged", "a.lane:10:8: [fault f] what: \"unplugged\" is not known here; expected readerUnplugged,"),
    ])
    func `a fault that is wrong`(lines: String, expected: String) throws {
        let found = try errors(appending: "[fault f]\nat = 1 s\n\(lines)\n")
        #expect(found.hasPrefix(expected), "\(found)")
        #expect(!found.contains("\n"), "\(found)")
    }

    @Test(arguments: [
        ("what = vehiclesSeen", "a.lane:8:1: [expect e]: expected is, or least and most or one of them"),
        ("what = vehiclesSeen\nis = 3\nmost = 4", "a.lane:8:1: [expect e]: expected is, or least and most"),
        ("what = vehiclesSeen\nleast = 3\nmost = 4 %", "a.lane:11:8: [expect e] most: a number and a part"),
        ("what = vehiclesSeen\nleast = 3\nmost = 2", "a.lane:11:8: [expect e] most: below least"),
        ("what = gaps\nis = 0\nalarm = readerDown", "a.lane:11:9: [expect e] alarm: only together with what = alarms"),
        (
            "what = strayReads\nmost = 3 %",
            "a.lane:10:8: [expect e]: strayReads is a part of nothing; expected a number"
        ),
        ("what = vehiclesSen\nis = 1", "a.lane:9:8: [expect e] what: \"vehiclesSen\" is not known here"),
        ("what = vehicles\nis = -1", "a.lane:10:6: [expect e] is: \"-1\" is out of range"),
    ])
    func `a bound that is wrong`(lines: String, expected: String) throws {
        let found = try errors(appending: "[expect e]\n\(lines)\n")
        #expect(found.hasPrefix(expected), "\(found)")
        #expect(!found.contains("\n"), "\(found)")
    }

    @Test func `the command says where it is wrong, and how many are`() throws {
        let files = try LanguageFiles()
        try files.write(LanguageFiles.good, to: "good.lane")
        try files.write(LanguageFiles.good + "x = 1\n", to: "bad.lane")
        try files.write(LanguageFiles.good + "[vehicle through]\nat = 1100 ms\n", to: "crash.lane")
        let run = { (names: [String]) in
            LaneSimCommands.program.run(["check"] + names, Console(line: { _ in }, note: { _ in }))
        }
        let folder = files.folder
        #expect(run(["\(folder)/good.lane"]) == .ok)
        #expect(run(["\(folder)/bad.lane", "\(folder)/good.lane"]) == .badData)
        #expect(run(["\(folder)/crash.lane"]) == .badData)
        #expect(run(["\(folder)/none.lane"]) == .noInput)
        #expect(run([]) == .usage)
        #expect(run(["--language"]) == .ok)
    }
}
