import Fuzz
import TestSupport
import Testing

/// The committed inputs, each given to its target as it is, and damaged: `make fuzz` goes on from there.
@Suite struct CorpusTests {
    /// Beside this file: Tests/FuzzTests/CorpusTests.swift.
    private static let folder =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        + "/sim/Fuzz/Corpus"

    @Test(arguments: FuzzTarget.allCases)
    func `what has to hold of any input holds of the committed ones, and of what damage makes of them`(
        _ target: FuzzTarget
    ) throws {
        let temporary = try TemporaryFolder()
        let run = try FuzzRun(folder: temporary.path)
        let folder = "\(Self.folder)/\(target.rawValue)"
        let names = namesOf(folder)
        #expect(!names.isEmpty, "a target without a corpus")
        for name in names {
            let bytes = try #require(bytesOf("\(folder)/\(name)"))
            for damaged in [bytes] + damaged(bytes) {
                #expect(throws: Never.self, "\(target.rawValue)/\(name)") { try run.check(damaged, by: target) }
            }
        }
        #expect(throws: Never.self, "nothing at all") { try run.check([], by: target) }
    }

    /// Cut short, one bit flipped, one byte doubled: at places all over the input.
    private func damaged(_ bytes: [UInt8]) -> [[UInt8]] {
        let places = stride(from: 0, to: bytes.count, by: max(1, bytes.count / 8))
        return places.flatMap { place in
            var flipped = bytes
            flipped[place] ^= 1 << UInt8(place % 8)
            return [Array(bytes[..<place]), flipped, Array(bytes[...place] + bytes[place...])]
        }
    }

    @Test func `each folder of the corpus is a target's`() {
        #expect(namesOf(Self.folder) == FuzzTarget.allCases.map(\.rawValue).sorted())
    }
}
