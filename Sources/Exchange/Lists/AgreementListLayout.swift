/// Where entries stand in a list file, so that a tag is found in one cache line, seldom two.
///
///     content   bucket 0 │ bucket 1 │ … │ bucket n − 1 │ spill            of 64 bytes, a cache line
///     bucket    slot │ slot │ slot │ slot                                 of 16 bytes
///     slot      0  8  mixed key (`KeyMix`)      8  8  `AgreementListEntry`; all zeros: empty
///
/// A mixed key m belongs to bucket ⌊m · n ÷ 2⁶⁴⌋, n = ⌈entries ÷ 2.8⌉: 70 % of the slots are taken, 23 bytes an entry. Entries stand in
/// ascending order of their mixed keys, each in the first slot of its bucket or, where that is taken, right behind the entry
/// before it, in the next bucket if need be, up to the sixteenth behind its own. So there is one way to write a list, and a slot that is empty or has a greater key
/// ends a search. Behind the n buckets are as many as the last entries spill into, and behind those the table of issuers (`IssuerPrefix`).
package enum AgreementListLayout {
    static let slotBytes = 16
    static let slotsOfBucket = 4
    static let bucketBytes = slotBytes * slotsOfBucket
    /// Buckets behind its own that an entry may be pushed back by those before it. Mixed keys spread evenly: among 64 million
    /// entries the one that is pushed back most stands in the sixth or seventh.
    static let mostSpill = 16
    /// How far a search goes, whatever it reads: an entry's own bucket, and those that it may be pushed back to.
    static let mostSlotsOfSearch = (1 + mostSpill) * slotsOfBucket

    /// How many buckets so many entries have, without the spill.
    static func buckets(for entries: Int) -> Int { (entries * 5 + 13) / 14 }

    /// The first slot of the bucket to which a mixed key belongs.
    static func firstSlot(of mixed: UInt64, buckets: Int) -> Int {
        Int(mixed.multipliedFullWidth(by: UInt64(buckets)).high) * slotsOfBucket
    }

    /// How many bytes of content can be so many entries.
    static func bytes(for entries: Int) -> ClosedRange<Int> {
        let least = buckets(for: entries) * bucketBytes
        return least...least + (entries == 0 ? 0 : mostSpill * bucketBytes)
    }
}

/// Spreads keys over all of 64 bits, each to one of its own: tag numbers of a dozen issuers lie close together, and buckets are
/// chosen by the upper bits. The finisher of SplitMix64 (Steele, Lea and Flood 2014); each of its steps can be undone, so that a mixed
/// key stands for one tag and no other (I5).
package enum KeyMix {
    /// The number in the header that names this mix.
    static let number = 1

    static func mixed(_ key: UInt64) -> UInt64 {
        var mixed = key
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The key that a mixed key stands for: each step undone, with the inverses of the factors modulo 2⁶⁴.
    static func unmixed(_ mixed: UInt64) -> UInt64 {
        var key = (mixed ^ (mixed >> 31) ^ (mixed >> 62)) &* 0x3196_42B2_D24D_8EC3
        key = (key ^ (key >> 27) ^ (key >> 54)) &* 0x96DE_1B17_3F11_9089
        return key ^ (key >> 30) ^ (key >> 60)
    }
}
