import Lane
import Testing

@testable import LaneSim

@Suite struct ReportTests {
    @Test func `a matrix is a table with a row for each cause`() {
        var matrix = ConfusionMatrix("tags", columns: ["read", "not heard"])
        matrix.add(0, because: "good tag", count: 12)
        matrix.add(1, because: "tag in foil")
        matrix.add(0, because: "good tag")
        matrix.add(1, because: "nothing", count: 0)
        #expect(
            MatrixTable(matrix).lines == [
                "tags           read  not heard", "  good tag       13          -", "  tag in foil     -          1",
            ])
    }

    @Test func `times are as short as they can be read`() {
        let texts: [(Interval, String)] = [
            (.zero, "0 ms"), (.microseconds(900), "0 ms"), (.milliseconds(67), "67 ms"), (.milliseconds(1_000), "1 s"),
            (.milliseconds(4_203), "4.203 s"), (.milliseconds(14_330), "14.33 s"), (.seconds(60), "1 min"),
            (.seconds(723), "12 min 3 s"), (.minutes(125), "2 h 5 min"), (.hours(49), "2 d 1 h"),
            (.milliseconds(-250), "-250 ms"),
        ]
        for (interval, text) in texts { #expect(interval.words == text) }
    }

    @Test func `bounds are told as people say them`() {
        #expect((3...3).words(isRate: false) == "3")
        #expect((3...Int.max).words(isRate: false) == "at least 3")
        #expect((0...3).words(isRate: false) == "at most 3")
        #expect((2...3).words(isRate: false) == "2 to 3")
        #expect((999_000...1_000_000).words(isRate: true) == "at least 99.9 %")
        #expect((0...25).words(isRate: true) == "at most 0.0025 %")
        #expect((1_000_000...1_000_000).words(isRate: true) == "100 %")
    }

    @Test func `text in XML is escaped, and what XML cannot hold is a question mark`() {
        #expect(JUnitReport.escaped("a<b>&\"c\"\nd") == "a&lt;b&gt;&amp;&quot;c&quot;&#10;d")
        #expect(JUnitReport.escaped("a\nb \"c\"", inAttribute: false) == "a\nb \"c\"")
        #expect(JUnitReport.escaped("\u{0}\u{1B}[31mred\u{FFFF}") == "??[31mred?")
        #expect(JUnitReport.escaped("brikke på bru 🚗") == "brikke på bru 🚗")
    }

    @Test func `a skipped scenario is a skipped test case`() {
        var junit = JUnitReport()
        junit.add(skipped: ["a.lane:3:1: no such fault on the wire"], path: "../x/a.lane")
        #expect(
            junit.text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites tests="1" failures="0" errors="0">
                  <testsuite name="lanesim" tests="1" failures="0" errors="0" skipped="1">
                    <testcase classname="x" name="a" file="../x/a.lane">
                      <skipped message="a.lane:3:1: no such fault on the wire"/>
                    </testcase>
                  </testsuite>
                </testsuites>

                """)
    }
}
