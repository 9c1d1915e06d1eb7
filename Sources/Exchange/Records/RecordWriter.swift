import Glibc
import Lane

/// Canonical JSON written by hand, into memory of its own that the next record uses again.
///
/// Names and brackets are `StaticString`s, whose length the compiler knows: writing one is a store or two. Nothing is written
/// without a look at the room there is.
@safe package struct RecordWriter: ~Copyable {
    /// Room at the start; a record has at most `Record.mostBytes`.
    private static let room = 2 * Record.mostBytes

    private var memory: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// How many bytes were written.
    package private(set) var count = 0
    private var needsComma = false

    package init() {
        capacity = Self.room
        unsafe memory = .allocate(capacity: Self.room)
    }

    deinit { unsafe memory.deallocate() }

    /// What was written.
    package var bytes: [UInt8] { bytes(0..<count) }

    /// Some of what was written.
    package func bytes(_ range: Range<Int>) -> [UInt8] { unsafe withBytes(range) { unsafe Array($0) } }

    /// Some of what was written, where it stands.
    package func withBytes<Result>(_ range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        precondition(0 <= range.lowerBound && range.upperBound <= count, "only what was written is read")
        return unsafe body(UnsafeRawBufferPointer(start: memory + range.lowerBound, count: range.count))
    }

    /// Forgets what was written, and keeps the room.
    package mutating func clear() {
        count = 0
        needsComma = false
    }

    /// Begins a record behind those that were written.
    mutating func openRecord() {
        needsComma = false
        openObject()
    }

    @inline(__always)
    mutating func openObject() { open("{") }

    @inline(__always)
    mutating func openObject(_ name: StaticString) {
        begin(name)
        open("{")
    }

    @inline(__always)
    mutating func closeObject() { close("}") }

    @inline(__always)
    mutating func openArray() { open("[") }

    @inline(__always)
    mutating func openArray(_ name: StaticString) {
        begin(name)
        open("[")
    }

    @inline(__always)
    mutating func closeArray() { close("]") }

    @inline(__always)
    mutating func boolean(_ name: StaticString, _ value: Bool) {
        begin(name)
        if value { put("true") } else { put("false") }
        needsComma = true
    }

    @inline(__always)
    mutating func integer(_ name: StaticString, _ value: some FixedWidthInteger) {
        begin(name)
        digits(value)
        needsComma = true
    }

    @inline(__always)
    mutating func integer(_ value: some FixedWidthInteger) {
        comma()
        digits(value)
        needsComma = true
    }

    /// A string, cut between two characters where its escaped bytes would be more than the limit.
    mutating func text(_ name: StaticString, _ value: String, atMost limit: Int = 64) {
        begin(name)
        quote(value, atMost: limit)
    }

    /// A word that needs no escapes.
    @inline(__always)
    mutating func word(_ name: StaticString, _ value: StaticString) {
        begin(name)
        put("\"")
        put(value)
        put("\"")
        needsComma = true
    }

    /// A string in an array.
    mutating func text(_ value: String, atMost limit: Int = 64) {
        comma()
        quote(value, atMost: limit)
    }

    /// A value that was written before.
    @inline(__always)
    mutating func phrase(_ name: StaticString, _ value: RecordPhrases.Place, of phrases: RecordPhrases) {
        begin(name)
        put(phrases, value)
        needsComma = true
    }

    /// The same in an array, or members with their names.
    @inline(__always)
    mutating func phrase(_ value: RecordPhrases.Place, of phrases: RecordPhrases) {
        comma()
        put(phrases, value)
        needsComma = true
    }

    /// A moment on both clocks.
    mutating func moment(_ name: StaticString, _ instant: Instant, _ utc: UTC) {
        openObject(name)
        begin("utc")
        quoted(utc)
        integer("mono", instant.nanoseconds)
        closeObject()
    }

    /// A string of 64 hexadecimal digits.
    mutating func digest(_ name: StaticString, _ digest: Digest) {
        begin(name)
        put("\"")
        ensure(2 * Digest.count)
        store(hex: digest.words.0)
        store(hex: digest.words.1)
        store(hex: digest.words.2)
        store(hex: digest.words.3)
        put("\"")
        needsComma = true
    }
}

/// The pieces that values are made of.
extension RecordWriter {
    /// The comma before a value, where one belongs.
    @inline(__always)
    mutating func comma() { if needsComma { put(",") } }

    @inline(__always)
    mutating func begin(_ name: StaticString) {
        ensure(name.utf8CodeUnitCount + 4)
        if needsComma { store(",") }
        store("\"")
        store(name)
        store("\":")
        needsComma = false
    }

    @inline(__always)
    mutating func open(_ bracket: StaticString) {
        comma()
        put(bracket)
        needsComma = false
    }

    @inline(__always)
    mutating func close(_ bracket: StaticString) {
        put(bracket)
        needsComma = true
    }

    @inline(__always)
    mutating func put(_ text: StaticString) {
        ensure(text.utf8CodeUnitCount)
        store(text)
    }

    /// Says that a value was put piece by piece.
    @inline(__always)
    mutating func endValue() { needsComma = true }

    /// Digits, zeros in front if there are fewer; of a number with more digits the last ones. At most 20.
    mutating func digits(_ number: UInt64, count length: Int) {
        ensure(24)
        let (upper, last) = number.quotientAndRemainder(dividingBy: Self.eightDigits)
        if length > 8 { digits(upper, count: length - 8) }
        store(Self.decimals(of: last), from: max(0, 8 - length))
    }

    /// Bytes that need no escapes.
    mutating func put(_ bytes: [UInt8]) {
        ensure(bytes.count)
        unsafe bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            unsafe (memory + count).update(from: start, count: bytes.count)
        }
        count += bytes.count
    }

    /// A phrase, sixteen bytes at a time: what is copied beyond its end the next piece writes over.
    @inline(__always)
    mutating func put(_ phrases: RecordPhrases, _ place: RecordPhrases.Place) {
        precondition(place.end + RecordPhrases.margin <= phrases.text.count, "a phrase lies in its text")
        let length = place.end - place.start
        ensure(length + RecordPhrases.margin)
        unsafe phrases.text.withUnsafeBytes { text in
            let target = unsafe UnsafeMutableRawPointer(memory + count)
            var done = 0
            while done < length {
                let piece = unsafe text.loadUnaligned(fromByteOffset: place.start + done, as: SIMD16<UInt8>.self)
                unsafe target.storeBytes(of: piece, toByteOffset: done, as: SIMD16<UInt8>.self)
                done += RecordPhrases.margin
            }
        }
        count += length
    }

    @inline(__always)
    private mutating func digits(_ value: some FixedWidthInteger) {
        if value < 0 { put("-") }
        let number = UInt64(truncatingIfNeeded: value.magnitude)
        // At most 20 digits; the last eight are always written as eight bytes.
        ensure(24)
        guard number >= Self.eightDigits else { return store(first: number) }
        let (upper, last) = number.quotientAndRemainder(dividingBy: Self.eightDigits)
        if upper < Self.eightDigits {
            store(first: upper)
        } else {
            let (first, middle) = upper.quotientAndRemainder(dividingBy: Self.eightDigits)
            store(first: first)
            store(Self.decimals(of: middle), from: 0)
        }
        store(Self.decimals(of: last), from: 0)
    }

    private static var eightDigits: UInt64 { 100_000_000 }

    /// A number below 10⁸ without zeros in front.
    @inline(__always)
    private mutating func store(first number: UInt64) {
        let digits = Self.decimals(of: number)
        store(digits, from: min(digits.trailingZeroBitCount / 8, 7))
    }

    /// Digits as ASCII, the first ones left out.
    @inline(__always)
    private mutating func store(_ digits: UInt64, from first: Int) {
        let text = (digits | 0x3030_3030_3030_3030) >> UInt64(8 * first)
        unsafe UnsafeMutableRawPointer(memory + count).storeBytes(of: text.littleEndian, as: UInt64.self)
        count += 8 - first
    }

    /// The eight digits of a number below 10⁸, a byte each, the first in the lowest: halves, quarters and digits are divided side by
    /// side, by multiplying with 1/100 and 1/10 rounded up.
    @inline(__always)
    private static func decimals(of number: UInt64) -> UInt64 {
        let (upper, lower) = number.quotientAndRemainder(dividingBy: 10_000)
        let halves = upper | lower << 32
        let hundreds = ((halves &* 10_486) >> 20) & 0x0000_007F_0000_007F
        let quarters = hundreds | (halves &- hundreds &* 100) << 16
        let tens = ((quarters &* 103) >> 10) & 0x000F_000F_000F_000F
        return tens | (quarters &- tens &* 10) << 8
    }

    /// Sixteen hexadecimal digits: nibbles are spread over bytes, and those above nine moved up to the letters.
    private mutating func store(hex word: UInt64) {
        for shift in stride(from: 32 as UInt64, through: 0, by: -32) {
            let half = (word >> shift) & 0xFFFF_FFFF
            var digits = (half | half << 16) & 0x0000_FFFF_0000_FFFF
            digits = (digits | digits << 8) & 0x00FF_00FF_00FF_00FF
            digits = (digits | digits << 4) & 0x0F0F_0F0F_0F0F_0F0F
            let letters = ((digits &+ 0x0606_0606_0606_0606) >> 4) & 0x0101_0101_0101_0101
            let text = digits &+ 0x3030_3030_3030_3030 &+ letters &* 0x27
            unsafe UnsafeMutableRawPointer(memory + count).storeBytes(of: text.bigEndian, as: UInt64.self)
            count += 8
        }
    }

    private mutating func quoted(_ utc: UTC) {
        let moment = CivilMoment(utc)
        ensure(26)
        store("\"")
        store(pair: moment.year / 100)
        store(pair: moment.year % 100)
        store("-")
        store(pair: moment.month)
        store("-")
        store(pair: moment.day)
        store("T")
        store(pair: moment.hour)
        store(":")
        store(pair: moment.minute)
        store(":")
        store(pair: moment.second)
        store(".")
        store(pair: moment.millisecond / 10)
        unsafe memory[count] = 0x30 + UInt8(truncatingIfNeeded: moment.millisecond % 10)
        count += 1
        store("Z\"")
        needsComma = true
    }

    private mutating func quote(_ value: String, atMost limit: Int) {
        put("\"")
        put(Self.escaped(value, atMost: limit))
        put("\"")
        needsComma = true
    }

    @inline(__always)
    private mutating func store(_ text: StaticString) {
        unsafe (memory + count).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        count += text.utf8CodeUnitCount
    }

    /// Two digits of a number below 100.
    @inline(__always)
    private mutating func store(pair number: Int64) {
        let tens = UInt8(truncatingIfNeeded: number / 10)
        unsafe memory[count] = 0x30 + tens
        unsafe memory[count + 1] = 0x30 + (UInt8(truncatingIfNeeded: number) &- 10 &* tens)
        count += 2
    }

    @inline(__always)
    private mutating func ensure(_ more: Int) { if count + more > capacity { grow(more) } }

    @inline(never)
    private mutating func grow(_ more: Int) {
        let wider = max(2 * capacity, count + more)
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: wider)
        unsafe copy.update(from: memory, count: count)
        unsafe memory.deallocate()
        unsafe memory = copy
        capacity = wider
    }

    /// Printable ASCII but the quote and the backslash stands for itself.
    private static func escaped(_ value: String, atMost limit: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for scalar in value.unicodeScalars {
            let next = escaped(scalar)
            guard bytes.count + next.count <= limit else { break }
            bytes += next
        }
        return bytes
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> [UInt8] {
        switch scalar {
        case "\"", "\\": [UInt8(ascii: "\\"), UInt8(scalar.value)]
        case " "..."~": [UInt8(scalar.value)]
        default:
            String(scalar).utf16.flatMap { unit in
                Array("\\u".utf8) + Hex.digits(of: [UInt8(unit >> 8), UInt8(unit & 0xFF)])
            }
        }
    }
}
