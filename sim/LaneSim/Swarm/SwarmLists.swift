import Central
import Lane

/// The lists that a central server publishes while a station is watched: changes, broken ones, and for some tags more than one entry.
struct SwarmLists {
    /// More than this is rare on the road, and each costs building and checking.
    private static let mostLists = 6

    private static let quarter: Int64 = 900_000

    /// - Parameters:
    ///   - agreements: of the vehicles on the road.
    ///   - startsAt: civil time at the first moment; dates of validity lie around it.
    static func draw(_ agreements: [AgreementSpec], days: Int, startsAt: UTC, _ chance: inout Chance) -> [PublishedList]
    {
        var entries = agreements
        var lists: [PublishedList] = []
        // A station in ten has no list at first.
        var at = chance.below(10) == 0 ? Interval.minutes(chance.any(of: 1...600)) : Interval.zero
        for number in 0..<(1 + chance.below(mostLists)) {
            entries = changed(entries, days: days, startsAt: startsAt, &chance)
            var list = PublishedList(at: at, entries: entries)
            if number > 0, chance.below(3) == 0 {
                let damages = PublishedList.Damage.allCases.filter { $0 != .none }
                list.damage = damages[chance.below(damages.count)]
            }
            if chance.below(4) == 0 { list.staleAfter = .hours(chance.any(of: 1...48)) }
            lists.append(list)
            at = at + .minutes(chance.any(of: 30...Int64(max(31, days * 1_440 / mostLists))))
            guard at < .days(Int64(days)) else { break }
        }
        return lists
    }

    /// With other standings for some, dates for some, and for some a denial beside what there is.
    private static func changed(
        _ entries: [AgreementSpec], days: Int, startsAt: UTC, _ chance: inout Chance
    ) -> [AgreementSpec] {
        var changed: [AgreementSpec] = []
        changed.reserveCapacity(entries.count + entries.count / 8)
        for entry in entries {
            // A denial stays one.
            guard entry.standing != .denied else {
                changed.append(entry)
                continue
            }
            var entry = entry
            let drawn = chance.below(100)
            switch drawn {
            case 0..<2: entry.standing = .overdue
            case 2..<4: entry.standing = .prepaidLow
            case 4..<6: entry.standing = .blocked
            case 6..<8: entry.standing = .approved
            case 8..<9: entry.until = moment(startsAt, days, &chance)
            case 9..<10: entry.from = moment(startsAt, days, &chance)
            default: break
            }
            // One that is left out comes never again: the next list is made of this one.
            if drawn == 10 { continue }
            changed.append(entry)
            guard drawn == 11 else { continue }
            entry.standing = .denied
            changed.append(entry)
        }
        return changed
    }

    private static func moment(_ startsAt: UTC, _ days: Int, _ chance: inout Chance) -> UTC {
        // Lists have whole quarters of an hour.
        let moment = startsAt.milliseconds + chance.any(of: 0...Int64(days) * 86_400_000)
        return UTC(milliseconds: moment / quarter * quarter)
    }
}
