import FoundationEssentials
import Testing

@testable import Station

extension ProcessTests {
    @Suite struct ConfigurationFile {
        private let site: Site

        init() throws { site = try Site() }

        private func check(_ path: String) throws -> (code: Int32?, output: String, errors: String) {
            try Programs.run("station", ["check", path])
        }

        /// Checks the site's configuration with one thing changed; gives what stands behind the file's name.
        private func complaint(_ text: String, _ other: String) throws -> String {
            let good = site.read(site.configuration)
            let path = "\(site.folder)/bad.conf"
            try site.write(good.split(separator: text, maxSplits: 1).joined(separator: other), to: path)
            let answer = try check(path)
            #expect(answer.code == 78)
            #expect(answer.output == "")
            return answer.errors.split(separator: path + ":").joined()
        }

        @Test func `a good one is called good`() throws {
            let answer = try check(site.configuration)
            #expect(answer.code == 0)
            #expect(answer.output.hasPrefix("good: station 42"))
        }

        @Test func `what is wrong is said with its place, what was expected and the nearest word`() throws {
            #expect(
                try complaint("antennas", "antenas").contains("unknown key \"antenas\"; did you mean \"antennas\"?"))
            #expect(try complaint("id = 42", "id = forty").hasPrefix("2:6: [station] id: \"forty\" is no whole number"))
            #expect(try complaint("id = 42", "id = 0").contains("is out of range; expected a whole number from 1"))
            #expect(try complaint("head = 25 m", "head = 25").contains("has no unit"))
            #expect(try complaint("[detector", "[lane 1]\n[detector").contains("[lane 1] stands twice"))
            #expect(try complaint("42", "4\u{1B}[31m2").contains("a control character (U+001B)"))
        }

        @Test func `a file that is none is refused in one line, and the station does not start with it`() throws {
            let long = "\(site.folder)/long.conf"
            try site.write(String(repeating: "x = y\n", count: 1_700_000), to: long)
            let noise = "\(site.folder)/noise.conf"
            try Data((0..<4_096).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ 128) }).write(to: URL(filePath: noise))
            let unread = [site.folder, "\(site.folder)/none.conf", "/dev/zero"]
            for (path, code) in [(long, 78), (noise, 78)] + unread.map({ ($0, 66) }) as [(String, Int32)] {
                let answer = try check(path)
                #expect(answer.code == code, "\(path)")
                #expect(answer.errors.split(separator: "\n").count == 1, "\(answer.errors)")
                #expect(answer.errors.hasPrefix(path))
                #expect(try Programs.run("station", ["run", path]).code == code)
            }
        }
    }
}
