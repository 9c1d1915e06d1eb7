import Lane
import Lights
import Station

extension Scenario.Assembly {
    /// What is expected of a vehicle.
    mutating func expected(_ section: ReadSection<VehicleSection>) -> VehicleExpectation {
        let value = section.value.expected
        var expected = VehicleExpectation()
        (expected.outcome, expected.earlier, expected.lightWithin) = (value.outcome, value.earlier, value.lightWithin)
        expected.light = value.light.flatMap { aspect($0, section, "light") }
        expected.finally = value.finally.flatMap { aspect($0, section, "finally") }
        (expected.resultOp, expected.resultFin) = (value.op.map(UInt8.init), value.fin.map(UInt8.init))
        expected.photos = value.photos.map { cameras($0, section).sorted() }
        (expected.flags, expected.withoutFlags) = (value.flags, value.withoutFlags)
        (expected.passages, expected.speed, expected.length) = (
            value.passages, value.speedMeasured, value.lengthMeasured
        )
        if value.passages == 0, let key = Self.ofPassages.first(where: { section.says($0) }) {
            errors.add(
                at: section.place(of: key), "\(section.heading) \(key): with passages = 0 there is nothing to look at")
        }
        if value.lightWithin != nil, value.light == nil || value.light == "dark" {
            errors.add(
                at: section.place(of: "lightWithin"), "\(section.heading) lightWithin: only together with a light")
        }
        for key in Self.looked where section.value.says(key) { expected.places[key] = place(section.place(of: key)) }
        return expected
    }

    private static let ofPassages = [
        "outcome", "earlier", "op", "fin", "flags", "withoutFlags", "speedMeasured", "lengthMeasured",
    ]
    private static let looked = ofPassages + ["light", "finally", "lightWithin", "photos", "passages"]

    private mutating func aspect(_ word: String, _ section: ReadSection<VehicleSection>, _ key: String) -> Aspect? {
        if let aspect = Aspect(word: word) { return aspect }
        guard let profile = site?.configuration.lights.profile else { return nil }
        if TopPlace(word: word) == profile.top { return .top }
        errors.add(
            at: section.place(of: key),
            "\(section.heading) \(key): this site's heads have no \(word) place; their top place is called \(profile.top.word)"
        )
        return nil
    }

    private mutating func cameras(_ names: [String], _ section: ReadSection<VehicleSection>) -> [String] {
        guard let site else { return [] }
        let all = site.configuration.cameras.map(\.section)
        if names == ["all"] { return all.filter { $0.lane == section.value.lane }.map(\.name) }
        for name in names { check(name, is: "camera", of: all.map(\.name), in: section, "photos") }
        return names
    }

    /// A bound on a figure; nil when an error says what is wrong with it.
    mutating func expectation(_ section: ReadSection<ExpectSection>) -> Expectation? {
        let value = section.value
        guard let figure = value.what else { return nil }
        let hasExact = value.exactly != nil
        // A value that was not understood has its own error: here it is not missing.
        guard ["is", "least", "most"].allSatisfy({ section.places[$0] == nil || section.says($0) }) else { return nil }
        guard !value.amounts.isEmpty, hasExact == (value.amounts.count == 1 && hasExact) else {
            errors.add(
                at: section.at, "\(section.heading): expected is, or least and most or one of them")
            return nil
        }
        let isRate = value.amounts[0].isRate
        guard value.amounts.allSatisfy({ $0.isRate == isRate }) else {
            errors.add(at: section.place(of: "most"), "\(section.heading) most: a number and a part cannot be compared")
            return nil
        }
        if isRate, figure.whole == nil {
            errors.add(
                at: section.place(of: ["is", "least", "most"].first { section.says($0) } ?? "what"),
                "\(section.heading): \(figure.rawValue) is a part of nothing; expected a number")
            return nil
        }
        let least = (value.exactly ?? value.least)?.number ?? 0
        let most = (value.exactly ?? value.most)?.number ?? (isRate ? 1_000_000 : Int.max)
        guard least <= most else {
            errors.add(at: section.place(of: "most"), "\(section.heading) most: below least")
            return nil
        }
        var expectation = Expectation(
            name: section.name, place: place(section.at), figure: figure, bounds: least...most)
        expectation.isRate = isRate
        if let alarm = value.alarm {
            guard figure == .alarms else {
                errors.add(
                    at: section.place(of: "alarm"), "\(section.heading) alarm: only together with what = alarms")
                return nil
            }
            expectation.alarm = alarm
        }
        return expectation
    }

    /// A fault with what it befalls; nil when an error says what is missing.
    mutating func fault(_ section: ReadSection<FaultSection>) -> Fault? {
        let value = section.value
        guard let what = value.what else { return nil }
        let word = what.rawValue
        let needs = what.needs + (what.subject == nil ? [] : ["which"])
        for key in needs where !section.places.keys.contains(key) {
            errors.add(at: section.at, "\(section.heading) \(key) is missing; \(word) needs it")
        }
        for key in ["which", "by", "count", "every"] where section.says(key) && !needs.contains(key) {
            errors.add(at: section.place(of: key), "\(section.heading) \(key): \(word) has none; leave it out")
        }
        if what.isMomentary, section.says("for") {
            errors.add(
                at: section.place(of: "for"), "\(section.heading) for: \(word) is over in a moment; leave it out")
        }
        if let by = value.by, by <= .zero, what != .clockSteps {
            errors.add(at: section.place(of: "by"), "\(section.heading) by: only clockSteps goes backwards")
        }
        if let which = value.which, let subject = what.subject { check(which, of: subject, section) }
        guard let deed = value.deed else { return nil }
        return Fault(name: section.name, place: place(section.at), at: value.at, lasts: value.lasts, deed: deed)
    }

    private mutating func check(_ which: String, of subject: FaultWord.Subject, _ section: ReadSection<FaultSection>) {
        if subject == .program {
            let words = KnownWords(Fault.Program.allCases.map(\.rawValue))
            guard !words.words.contains(which) else { return }
            return errors.add(
                at: section.place(of: "which"),
                "\(section.heading) which: \(which.quoted) is no program; expected station, central or devices"
                    + words.hint(for: which))
        }
        guard let configuration = site?.configuration else { return }
        let names =
            switch subject {
            case .reader: configuration.readers.map(\.settings.name)
            case .detector: configuration.detectors.map(\.name)
            case .camera: configuration.cameras.map(\.section.name)
            case .program: [String]()
            }
        check(which, is: subject.rawValue, of: names, in: section, "which")
    }
}

extension VehicleSection {
    /// Whether something is expected that this key says, here or where it was copied from.
    fileprivate func says(_ key: String) -> Bool {
        switch key {
        case "outcome": expected.outcome != nil
        case "earlier": expected.earlier != nil
        case "light": expected.light != nil
        case "finally": expected.finally != nil
        case "lightWithin": expected.lightWithin != nil
        case "op": expected.op != nil
        case "fin": expected.fin != nil
        case "photos": expected.photos != nil
        case "flags": expected.flags != nil
        case "withoutFlags": expected.withoutFlags != nil
        case "passages": expected.passages != nil
        case "speedMeasured": expected.speedMeasured != nil
        default: expected.lengthMeasured != nil
        }
    }
}
