import Exchange
import Lane

/// How many entries of a list stand how.
struct ListTally: Codable, Hashable, Sendable {
    var approved = 0
    var prepaidLow = 0
    var overdue = 0
    var blocked = 0
    var denied = 0
    /// By the class of vehicle, of agreements.
    var classNotSaid = 0
    var light = 0
    var heavy = 0
    /// With a first or a last moment.
    var dated = 0

    init() {}

    /// Of a whole list; reads all of it.
    init(of list: AgreementList) { list.entries { self.count($1) } }

    private mutating func count(_ entry: AgreementListEntry) {
        switch entry {
        case .denial: denied += 1
        case .agreement(let agreement, let vehicle):
            switch agreement.status {
            case .approved: approved += 1
            case .noticePrepaidLow: prepaidLow += 1
            case .noticeOverdue: overdue += 1
            case .blocked: blocked += 1
            }
            switch vehicle {
            case .notSaid: classNotSaid += 1
            case .light: light += 1
            case .heavy: heavy += 1
            }
            if agreement.validFrom != nil || agreement.validUntil != nil { dated += 1 }
        }
    }

    /// For people, a line each.
    var lines: [String] {
        [
            "status   approved \(approved), prepaid-low \(prepaidLow), overdue \(overdue), blocked \(blocked), denied \(denied)",
            "class    light \(light), heavy \(heavy), not said \(classNotSaid); with dates \(dated)",
        ]
    }
}
