import Lane

/// Runs as JUnit XML, which every CI server shows: a test case for each scenario, with what failed in it.
///
/// There is no time in it: virtual time is no cost, and real time would make two equal runs differ.
package struct JUnitReport {
    private struct Case {
        let name: String
        let path: String
        var properties: [(String, String)] = []
        var failures: [(message: String, text: String)] = []
        var error: String?
        var skipped: String?
    }

    private var cases: [Case] = []

    package init() {}

    package mutating func add(_ result: RunResult) {
        var entry = Case(name: result.name, path: result.path)
        entry.properties = [
            ("seed", "\(result.seed)"), ("digest", result.digest.hex), ("virtualTime", result.virtualTime.words),
        ]
        let again = "again: \(result.again)"
        entry.failures =
            result.troubles.map { ($0, "\(result.path): \($0)\n\(again)") }
            + result.failures.map { ($0.text, "\($0)\n\(again)") }
        cases.append(entry)
    }

    /// A file that could not be run.
    package mutating func add(error: String, path: String) {
        var entry = Case(name: path.lastComponent.withoutExtension, path: path)
        entry.error = error
        cases.append(entry)
    }

    /// A scenario that this way of running cannot do.
    package mutating func add(skipped reasons: [String], path: String) {
        var entry = Case(name: path.lastComponent.withoutExtension, path: path)
        entry.skipped = reasons.joined(separator: "\n")
        cases.append(entry)
    }

    /// The whole document.
    package var text: String {
        let failed = cases.count { !$0.failures.isEmpty }
        let errors = cases.count { $0.error != nil }
        let skipped = cases.count { $0.skipped != nil }
        let counts = "tests=\"\(cases.count)\" failures=\"\(failed)\" errors=\"\(errors)\""
        return
            (["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites \(counts)>"]
            + ["  <testsuite name=\"lanesim\" \(counts) skipped=\"\(skipped)\">"] + cases.flatMap(Self.lines)
            + ["  </testsuite>", "</testsuites>", ""]).joined(separator: "\n")
    }

    private static func lines(of entry: Case) -> [String] {
        let folder = entry.path.folder.split(separator: "/").filter { $0 != "." && $0 != ".." }.joined(separator: ".")
        let head =
            "    <testcase classname=\"\(escaped(folder.isEmpty ? "lanesim" : folder))\" name=\"\(escaped(entry.name))\" "
            + "file=\"\(escaped(entry.path))\""
        var lines: [String] = []
        if !entry.properties.isEmpty {
            lines.append("      <properties>")
            for (name, value) in entry.properties {
                lines.append("        <property name=\"\(escaped(name))\" value=\"\(escaped(value))\"/>")
            }
            lines.append("      </properties>")
        }
        if let skipped = entry.skipped { lines.append("      <skipped message=\"\(escaped(skipped))\"/>") }
        if let error = entry.error {
            let message = error.split(separator: "\n").first.map(String.init) ?? ""
            lines.append(
                "      <error type=\"file\" message=\"\(escaped(message))\">\(escaped(error, inAttribute: false))</error>"
            )
        }
        for failure in entry.failures {
            lines.append(
                "      <failure type=\"expectation\" message=\"\(escaped(failure.message))\">"
                    + "\(escaped(failure.text, inAttribute: false))</failure>")
        }
        return lines.isEmpty ? [head + "/>"] : [head + ">"] + lines + ["    </testcase>"]
    }

    /// Text as XML has it. Characters that no XML document may hold become a question mark.
    static func escaped(_ text: String, inAttribute: Bool = true) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"" where inAttribute: escaped += "&quot;"
            case "\n" where inAttribute: escaped += "&#10;"
            case "\t", "\n": escaped.unicodeScalars.append(scalar)
            case "\0"..<" ", "\u{FFFE}", "\u{FFFF}": escaped += "?"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

extension String {
    /// What stands before the last slash; empty: nothing does.
    var folder: String { lastIndex(of: "/").map { String(self[..<$0]) } ?? "" }

    /// What stands after the last slash.
    var lastComponent: String { lastIndex(of: "/").map { String(self[index(after: $0)...]) } ?? self }

    /// Without `.lane`, or whatever else stands after the last dot.
    var withoutExtension: String { lastIndex(of: ".").map { String(self[..<$0]) } ?? self }
}
