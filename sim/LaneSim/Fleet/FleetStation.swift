import Lane
import Peripherals

/// What distinguishes one station of the fleet from another: its road, its size, its lanes. All of it follows from the seed.
struct FleetStation: Sendable {
    /// The road it stands on, which gives it its curve and its speeds.
    enum Road: CaseIterable, Sendable {
        case motorway
        case mainRoad
        case town
    }

    /// Counted from 1.
    let number: UInt32
    let road: Road
    /// Passages of a mean day.
    let perDay: Int64
    let lanes: Int
    /// What its year's chance follows from.
    let seed: UInt64

    /// Stations by size, in passages a day. Assumption: few large, many small; their mean is 8 000 (tolling facts §7).
    private static let sizes: [Int64] = [
        400, 10_500, 3_800, 22_000, 800, 8_500, 2_300, 16_500, 1_200, 26_800, 4_700, 13_000, 1_700, 7_000, 3_000, 5_800,
    ]

    /// The nanoseconds of an hour times a million.
    private static let hourInMillionths: Int64 = 3_600_000_000_000_000_000

    /// - Parameter place: counted from 0.
    init(_ place: Int, seed: UInt64) {
        var shared = SmallGenerator(seed: seed)
        let shift = Int(shared.next() % UInt64(Self.sizes.count))
        var own = SmallGenerator(seed: shared.next() &+ UInt64(place) &* 0xD1B5_4A32_D192_ED03)
        number = UInt32(place + 1)
        let size = Self.sizes[(place + shift) % Self.sizes.count]
        // Up to a tenth more or less, so that no two stations are alike.
        perDay = size * Int64(900 + own.next() % 201) / 1_000
        road = size > 12_000 ? .motorway : Road.allCases[Int(own.next() % 3)]
        // Under the design load of 2 400 vehicles an hour and lane (tolling facts §7) in a peak hour of a tenth of the day.
        lanes = perDay < 5_000 ? 2 : perDay < 12_000 ? 4 : perDay < 20_000 ? 6 : 8
        self.seed = own.next()
    }

    /// Nanoseconds between two vehicles, on average, in an hour of the year.
    ///
    /// - Parameter hour: counted from the year's first; it begins on a Thursday, as 2026 does.
    func meanGap(hour: Int) -> UInt64 {
        let weekday = (hour / 24 + 3) % 7
        let curve = weekday < 5 ? road.workday : Road.weekend
        let millionths = perDay * Road.days[weekday] * curve[hour % 24]
        return UInt64(Self.hourInMillionths / millionths)
    }

    /// Whether traffic stands and goes in an hour: on a workday's peaks in town, one hour in four.
    func isQueue(hour: Int, _ bits: UInt64) -> Bool {
        let weekday = (hour / 24 + 3) % 7
        return road == .town && weekday < 5 && [7, 8, 15, 16].contains(hour % 24) && bits >> 62 == 0
    }
}

extension FleetStation.Road {
    /// The traffic of the days from Monday on, in thousandths of the mean. Assumption.
    static let days: [Int64] = [1_030, 1_050, 1_060, 1_080, 1_140, 820, 820]

    /// The hours of a Saturday or Sunday, in thousandths of the day; they sum up to 1 000. Assumption.
    static let weekend: [Int64] = [
        14, 9, 7, 5, 5, 7, 12, 18, 28, 42, 58, 70, 76, 78, 78, 76, 74, 70, 64, 56, 50, 44, 34, 25,
    ]

    /// The hours of a workday, in thousandths of the day; they sum up to 1 000. Assumption.
    var workday: [Int64] {
        switch self {
        case .motorway:
            [8, 5, 4, 5, 10, 28, 58, 72, 62, 50, 47, 48, 51, 54, 64, 82, 80, 65, 52, 45, 39, 33, 23, 15]
        case .mainRoad:
            [6, 4, 3, 4, 8, 24, 56, 74, 64, 52, 50, 51, 54, 56, 66, 86, 82, 66, 52, 44, 37, 30, 19, 12]
        case .town:
            [5, 3, 2, 3, 6, 20, 58, 92, 78, 50, 44, 45, 48, 50, 64, 98, 90, 64, 50, 43, 36, 28, 15, 8]
        }
    }

    /// Free speeds in km/h, sixteen of them equally likely, the mean in the middle. Assumption.
    var speeds: [Int64] {
        switch self {
        case .motorway: [76, 80, 83, 86, 89, 92, 94, 96, 98, 100, 102, 105, 108, 112, 118, 130]
        case .mainRoad: [54, 59, 62, 65, 67, 69, 71, 72, 74, 75, 77, 79, 81, 84, 88, 96]
        case .town: [28, 33, 36, 39, 41, 43, 45, 46, 48, 49, 50, 52, 54, 56, 60, 68]
        }
    }

    /// Speeds in a queue, in km/h. Assumption.
    static let queue: [Int64] = [6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 27, 30]
}
