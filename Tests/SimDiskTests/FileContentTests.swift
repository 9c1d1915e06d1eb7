import Glibc
import Peripherals
import Testing

@testable import SimDisk

/// A file's content against a model that keeps, for each byte, every value that a power cut may leave.
@Suite struct FileContentTests {
    /// What is legal after a power cut.
    private struct Model {
        var visible: [UInt8] = []
        /// For each byte the values that it may have; those beyond the durable size may be zero.
        var legal: [Set<UInt8>] = []
        var sizes: Set<Int> = [0]
        var durableSize = 0

        mutating func write(_ bytes: [UInt8], at offset: Int) {
            let end = offset + bytes.count
            resize(to: max(visible.count, end), isWrite: true)
            for (place, byte) in bytes.enumerated() {
                visible[offset + place] = byte
                legal[offset + place].insert(byte)
            }
        }

        mutating func resize(to size: Int, isWrite: Bool = false) {
            if size > visible.count { visible += [UInt8](repeating: 0, count: size - visible.count) }
            visible = Array(visible[..<size])
            while legal.count < size { legal.append([0]) }
            if !isWrite { for place in size..<legal.count { legal[place].insert(0) } }
            sizes.insert(size)
        }

        /// What is seen now is all that may be left.
        mutating func settle(_ bytes: [UInt8]) {
            visible = bytes
            legal = bytes.map { [$0] }
            sizes = [bytes.count]
            durableSize = bytes.count
        }

        func allows(_ bytes: [UInt8]) -> Bool {
            sizes.contains(bytes.count) && zip(bytes, legal).allSatisfy { $1.contains($0) }
        }
    }

    @Test func `what was synced stays, and each other byte is one that was written there`() {
        for seed in 0..<60 as Range<UInt64> {
            var chance = SmallGenerator(seed: seed)
            var content = FileContent()
            var model = Model()
            for _ in 0..<60 {
                switch chance.next() % 10 {
                case 0:
                    content.sync()
                    model.settle(model.visible)
                case 1:
                    let size = Int(chance.next() % 3_000)
                    content.resize(to: size)
                    model.resize(to: size)
                case 2:
                    var cut = PowerCut(seed: chance.next())
                    content.lose(&cut)
                    let left = content.visible.all
                    #expect(model.allows(left), "seed \(seed)")
                    model.settle(left)
                default:
                    let bytes = (0..<Int(chance.next() % 900)).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
                    let offset = Int(chance.next() % 2_500)
                    guard !bytes.isEmpty else { continue }
                    unsafe bytes.withUnsafeBytes { unsafe content.write($0, at: offset) }
                    model.write(bytes, at: offset)
                }
                #expect(content.visible.all == model.visible, "seed \(seed)")
            }
        }
    }

    @Test func `each style of a power cut leaves what it says`() {
        for seed in 0..<50 as Range<UInt64> {
            for style in PowerCut.Style.allCases {
                var content = FileContent()
                let old = [UInt8](repeating: 1, count: 2_048)
                let new = [UInt8](repeating: 2, count: 2_048)
                unsafe old.withUnsafeBytes { unsafe content.write($0, at: 0) }
                content.sync()
                unsafe new.withUnsafeBytes { unsafe content.write($0, at: 0) }
                var cut = PowerCut(seed: seed, style)
                content.lose(&cut)
                let left = content.visible.all
                switch style {
                case .losesAll: #expect(left == old)
                case .keepsAll: #expect(left == new)
                case .keepsBeginning, .mixes: #expect(left.allSatisfy { $0 == 1 || $0 == 2 })
                }
            }
        }
    }

    @Test func `over the seeds some sectors are lost, some kept and some torn`() {
        var seen: Set<String> = []
        for seed in 0..<100 as Range<UInt64> {
            var content = FileContent()
            let bytes = [UInt8](repeating: 2, count: 1_024)
            content.resize(to: 1_024)
            content.sync()
            unsafe bytes.withUnsafeBytes { unsafe content.write($0, at: 0) }
            var cut = PowerCut(seed: seed, .mixes)
            content.lose(&cut)
            for sector in [0, 512] {
                let kept = content.visible.all[sector..<(sector + 512)].count { $0 == 2 }
                seen.insert(kept == 0 ? "lost" : kept == 512 ? "kept" : "torn")
            }
        }
        #expect(seen == ["lost", "kept", "torn"])
    }

    @Test func `what a failed sync did not write no later sync writes`() {
        var lost = 0
        for seed in 0..<100 as Range<UInt64> {
            var content = FileContent()
            let bytes = [UInt8](repeating: 2, count: 512)
            unsafe bytes.withUnsafeBytes { unsafe content.write($0, at: 0) }
            var fault = PowerCut(seed: seed)
            content.failSync(&fault)
            #expect(content.visible.count == 512)
            content.sync()
            var cut = PowerCut(seed: seed, .keepsAll)
            content.lose(&cut)
            if content.visible.all != bytes { lost += 1 }
            // Written anew and synced, it is there.
            unsafe bytes.withUnsafeBytes { unsafe content.write($0, at: 0) }
            content.sync()
            content.lose(&cut)
            #expect(content.visible.all == bytes)
        }
        #expect(lost > 20 && lost < 90)
    }
}
