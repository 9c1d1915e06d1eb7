import Lane

/// A vehicle of the fleet, from 64 random bits: its shape, and what tags are in it.
struct FleetVehicle: Sendable {
    /// A vehicle's own tag.
    enum Tag: Sendable {
        case none
        case listed
        case unlisted
        /// Fewer attempts to read it succeed.
        case wronglyMounted
        /// Behind a metallised windscreen: what is heard of it cannot be read.
        case damaged
        /// Its number breaks the rules of its system.
        case malformed
    }

    /// A second body behind a gap.
    struct Trailer: Sendable {
        /// How far behind the front the gap begins.
        let drawbar: Metres
        /// How far behind the front it ends.
        let front: Metres
    }

    let length: Metres
    let trailer: Trailer?
    let tag: Tag
    /// How far behind the front its own tag is.
    let tagAt: Metres
    /// A second tag, or one in the post, that belongs to nobody here.
    let hasLooseTag: Bool
    /// Somebody with a tag walks or stands behind it.
    let isFollowedByStray: Bool

    /// One tag in 256 is heard by the next lane's antenna too. Assumption.
    static let leakMask: UInt64 = 0xFF

    init(_ bits: UInt64) {
        let thousandths = Int(((bits & 0xFFFF) * 1_000) >> 16)
        let variety = Int64((bits >> 16) & 0x3FF)
        (length, trailer) = Self.shape(thousandths, variety)
        tagAt = Metres(millimetres: 800 + variety)
        tag = Self.tag(Int((((bits >> 32) & 0xFFFF) * 10_000) >> 16))
        let rest = Int(((bits >> 48) * 1_000) >> 16)
        hasLooseTag = rest < 5
        isFollowedByStray = rest == 999
    }

    /// Cars, and of a thousand vehicles ten motorcycles, thirty cars with trailer, a hundred lorries and twenty with trailer
    /// (`Traffic`: 12 % lorries, 1 % motorcycles, 3 % trailers). Lengths: assumption.
    private static func shape(_ thousandths: Int, _ variety: Int64) -> (Metres, Trailer?) {
        switch thousandths {
        case 0..<10: (Metres(millimetres: 2_200), nil)
        case 10..<40:
            (Metres(millimetres: 9_000 + variety), trailer(4_500, 5_500))
        case 40..<140: (Metres(millimetres: 7_500 + 4 * variety), nil)
        case 140..<160:
            (Metres(millimetres: 17_500 + variety), trailer(8_500, 9_900))
        default: (Metres(millimetres: 3_700 + variety), nil)
        }
    }

    private static func trailer(_ drawbar: Int64, _ front: Int64) -> Trailer {
        Trailer(drawbar: Metres(millimetres: drawbar), front: Metres(millimetres: front))
    }

    /// Of ten thousand 7 100 have a tag that can be read, 2 800 none and 100 one that fails (tolling facts §7); of those that can be
    /// read 2 % are on no list and 1 % wrongly mounted, and of those that fail half are silent. Assumption.
    private static func tag(_ tenThousandths: Int) -> Tag {
        switch tenThousandths {
        case 0..<6_887: .listed
        case 6_887..<7_029: .unlisted
        case 7_029..<7_100: .wronglyMounted
        case 7_100..<7_140: .damaged
        case 7_140..<7_150: .malformed
        default: .none
        }
    }
}
