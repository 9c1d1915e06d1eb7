import FoundationEssentials
import Station
import Testing

@testable import LaneSim

/// A scenario that stays green when what it shows is taken away shows nothing.
@Suite struct CatalogueTraceTests {
    /// What may be taken away without a failure, each with its reason.
    private static let exceptions: [String: String] = [
        "lane-queue halts": "a queue that stands comes to the same as one that rolls: that is what it shows",
        "lane-side-by-side leak": "the neighbour's antenna is to change nothing; lane-cross-lane-leak has the trace",
        "lane-overtaking changesLane 2 at 12 m": "a change behind the detector is to change nothing",
        "detector-bounces fault bounces": "bounces are to change nothing: that is what it shows",
        "lane-wrong-way-one-detector wrongWay": "one detector does not tell the direction: that is what it shows",
        "tag-wrong-mounting mounting slow":
            "slow enough, a tag in a wrong place is as good as any: that is what it shows",
        "central-away-a-day": "a day of traffic takes too long here; delivery after an outage is in other scenarios",
        "monday-morning": "eight lanes of traffic take too long here; it has no fault",
    ]
    private static let keys: Set = ["straddles", "changesLane", "halts", "mounting", "leak", "wrongWay"]
    private static let catalogue = "\(LanguageFiles.root)/sim/scenarios/catalogue"

    /// A scenario's text without one thing, and what that was.
    private struct Without: Sendable {
        var name: String
        var what: String
        var text: String

        var isException: Bool {
            CatalogueTraceTests.exceptions.keys.contains { "\(name) \(what)".matches(words: $0) }
        }
    }

    @Test func `each scenario fails when its fault, list, issuer, drive or mounting is taken away`() throws {
        let files = try LanguageFiles()
        let root = "\(files.folder)/traces"
        try FileManager.default.createDirectory(atPath: "\(root)/catalogue", withIntermediateDirectories: true)
        for folder in ["parts", "sites"] {
            try FileManager.default.copyItem(
                atPath: "\(LanguageFiles.root)/sim/scenarios/\(folder)", toPath: "\(root)/\(folder)")
        }
        var all: [Without] = []
        for file in try FileManager.default.contentsOfDirectory(atPath: Self.catalogue).sorted()
        where file.hasSuffix(".lane") {
            let text = try String(contentsOfFile: "\(Self.catalogue)/\(file)", encoding: .utf8)
            all += Self.cuts(of: text, named: String(file.dropLast(".lane".count)))
        }
        all.removeAll { $0.isException }
        #expect(all.count > 50)
        let paths = all.indices.map { "\(root)/catalogue/\($0).lane" }
        for (path, without) in zip(paths, all) { try Data(without.text.utf8).write(to: URL(filePath: path)) }
        var place = 0
        try ParallelRuns.run(all.count, threads: 2) { place in
            RunEngine.virtual.run(paths[place], seed: nil)
        } take: { outcome in
            if case .ran(let run) = outcome {
                // By itself, so that a failure does not print the whole run.
                let isGood = run.result.isGood
                #expect(!isGood, "\(all[place].name) is green without \(all[place].what)")
            }
            place += 1
        }
    }

    /// The text without each of its faults, lists and issuers, and without each line of a key that is looked at.
    private static func cuts(of text: String, named name: String) -> [Without] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var cuts: [Without] = []
        var section = ""
        for (number, line) in lines.enumerated() {
            var end = number + 1
            var what = ""
            if line.hasPrefix("[") {
                section = line.filter { $0 != "[" && $0 != "]" }
                guard ["fault ", "list ", "issuer "].contains(where: section.hasPrefix) else { continue }
                end = lines[end...].firstIndex { $0.hasPrefix("[") } ?? lines.count
                what = section
            } else if let key = line.split(separator: " ").first, keys.contains(String(key)) {
                what = "\(line.replacing(" =", with: "")) of \(section)"
            } else {
                continue
            }
            var rest = lines
            rest.removeSubrange(number..<end)
            cuts.append(Without(name: name, what: what, text: rest.joined(separator: "\n")))
        }
        return cuts
    }
}

extension String {
    /// Whether it has all words of another, in their order.
    fileprivate func matches(words: String) -> Bool {
        var rest = split(separator: " ")[...]
        return words.split(separator: " ").allSatisfy { word in
            guard let place = rest.firstIndex(of: word) else { return false }
            rest = rest[(place + 1)...]
            return true
        }
    }
}
