import Lane
import Testing

/// A small generator (SplitMix64), so that a property test repeats.
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite struct `Tag numbers` {
    @Test func `a printed number has 10 or 16 digits with spaces anywhere`() throws {
        let short = try TagNumber(printed: "12 3456789 0")
        #expect(short.clear == "1234567890")
        let spaced = try TagNumber(printed: " 1 2345 67890")
        #expect(short == spaced)
        #expect(try TagNumber(printed: "1234 5678 9012 3456").clear == "1234567890123456")
        #expect(throws: TagNumber.TextError.digitCount(9)) { _ = try TagNumber(printed: "123456789") }
        #expect(throws: TagNumber.TextError.digitCount(0)) { _ = try TagNumber(printed: "   ") }
        #expect(throws: TagNumber.TextError.digitCount(17)) { _ = try TagNumber(printed: "12345678901234567") }
        #expect(throws: TagNumber.TextError.character) { _ = try TagNumber(printed: "12-3456789-0") }
        #expect(throws: TagNumber.TextError.character) { _ = try TagNumber(printed: "123456789٣") }
    }

    @Test func `a leading zero counts`() throws {
        let zero = try TagNumber(printed: "0000000000")
        #expect(zero.clear == "0000000000")
        let long = try TagNumber(printed: "0000000000000000")
        #expect(zero != long)
    }

    @Test func `a PAN has a Luhn digit and F padding`() throws {
        let pan = try TagNumber(pan: "9578110000000000003FFFF")
        #expect(pan.system == .pan)
        #expect(pan.clear == "9578110000000000003")
        #expect(throws: TagNumber.TextError.luhn) { _ = try TagNumber(pan: "9578110000000000004") }
        #expect(throws: TagNumber.TextError.character) { _ = try TagNumber(pan: "95F8") }
        #expect(throws: TagNumber.TextError.digitCount(20)) {
            _ = try TagNumber(pan: String(repeating: "0", count: 20))
        }
    }

    @Test func `a PAN comes from ten BCD octets and goes back`() throws {
        //                       79 92 73 98 71 3F FF FF FF FF: the Luhn example of ISO/IEC 7812-1
        let octets: [UInt8] = [0x79, 0x92, 0x73, 0x98, 0x71, 0x3F, 0xFF, 0xFF, 0xFF, 0xFF]
        let pan = try TagNumber(panOctets: octets)
        #expect(pan.clear == "79927398713")
        #expect(pan.panOctets == octets)
        #expect(throws: TagNumber.TextError.character) {
            try TagNumber(panOctets: [0x79, 0xF2, 0x73, 0x98, 0x71, 0x3F, 0xFF, 0xFF, 0xFF, 0xFF])
        }
        #expect(throws: TagNumber.TextError.self) { _ = try TagNumber(panOctets: Array(octets[0..<9])) }
        #expect(throws: TagNumber.TextError.digitCount(0)) {
            try TagNumber(panOctets: Array(repeating: 0xFF, count: 10))
        }
    }

    @Test func `an ATA text keeps letters, digits and inner spaces`() {
        #expect(TagNumber(ata: Array("KING 1302".utf8))?.clear == "KING 1302")
        #expect(TagNumber(ata: Array("king".utf8)) == nil)
        #expect(TagNumber(ata: Array(" KING".utf8)) == nil)
        #expect(TagNumber(ata: Array("ABCDEFGHIJK".utf8)) == nil)
        #expect(TagNumber(ata: []) == nil)
    }

    @Test func `the key is injective over system, digit count and digits, and gives the number back`() throws {
        var random = Seeded(state: 1)
        var seen: [UInt64: String] = [:]
        for _ in 0..<100_000 {
            let system = TagNumber.System.allCases.randomElement(using: &random) ?? .pan
            let number: TagNumber
            if system == .ata {
                let text = (0..<Int.random(in: 1...10, using: &random)).map { _ in
                    UInt8(ascii: "A") + UInt8.random(in: 0..<26, using: &random)
                }
                number = try #require(TagNumber(ata: text))
                #expect(number.characters == text)
            } else {
                let length = Int.random(in: 1...(system == .pan ? 19 : 18), using: &random)
                // Mostly zeros and nines, where the boundaries are.
                let digits = (0..<length).map { _ in
                    [0x30, 0x39, UInt8.random(in: 0x30...0x39, using: &random)][
                        Int.random(in: 0..<3, using: &random)]
                }
                number = try #require(TagNumber(system, digits: digits))
                #expect(number.characters == digits)
            }
            let name = "\(system):\(number.clear)"
            #expect(seen.updateValue(name, forKey: number.key) ?? name == name)
            #expect(TagNumber(key: number.key) == number)
            #expect(number.system == system)
        }
    }

    @Test func `lengths meet without overlap at their boundaries`() throws {
        for system in [TagNumber.System.pan, .printed, .agencySerial] {
            for length in 1..<(system == .pan ? 19 : 18) {
                let last = try #require(TagNumber(system, digits: [UInt8](repeating: 0x39, count: length)))
                let first = try #require(TagNumber(system, digits: [UInt8](repeating: 0x30, count: length + 1)))
                #expect(first.key == last.key + 1)
            }
        }
        let largest = try #require(TagNumber(.pan, digits: [UInt8](repeating: 0x39, count: 19)))
        #expect(largest.key == 0x9A32_98AF_B5AC_71C5)
    }

    @Test func `a key that no number has is refused`() {
        for key: UInt64 in [
            0x9A32_98AF_B5AC_71C6, 0x9FFF_FFFF_FFFF_FFFF, 0xAFFF_FFFF_FFFF_FFFF, 0xC000_0000_0000_0000,
            0xD000_0000_0000_0001, .max,
        ] {
            #expect(TagNumber(key: key) == nil)
        }
    }

    @Test func `printed anywhere, a number does not show itself`() throws {
        let number = try TagNumber(printed: "9876543210")
        for text in [
            "\(number)", String(describing: [number]), String(reflecting: number), "\(Optional(number) as Any)",
        ] {
            #expect(!text.contains("98") && !text.contains("\(number.key)"))
        }
        var dumped = ""
        dump(number, to: &dumped)
        #expect(!dumped.contains("\(number.key)"))
    }
}
