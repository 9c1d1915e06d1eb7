import Central
import Lane
import Station
import TagReader

extension Scenario.Assembly {
    /// The agreements with their tags, each tag once.
    mutating func agreements() -> [AgreementSpec] {
        var names: [TagNumber: String] = [:]
        return sections.agreements.compactMap { section in
            let value = section.value
            if let from = value.from, let until = value.until, until <= from {
                errors.add(at: section.place(of: "until"), "\(section.heading) until: not after from")
            }
            guard section.says("number"), let rule = tagRule else { return nil }
            let text = rule == .printed10or16 ? value.number.filter { $0 != " " } : value.number
            guard case .tag(let tag) = rule.content(of: text.utf8) else {
                errors.add(
                    at: section.place(of: "number"),
                    "\(section.heading) number: \(value.number.quoted) is no number of this site's tags; expected \(rule.words)"
                )
                return nil
            }
            if let other = names.updateValue(section.heading, forKey: tag) {
                errors.add(at: section.place(of: "number"), "\(section.heading) number: \(other) has it")
            }
            var spec = AgreementSpec(name: section.name, tag: tag, text: text)
            (spec.standing, spec.from, spec.until, spec.plate) = (value.standing, value.from, value.until, value.plate)
            return spec
        }
    }

    /// The lists in the order of their moments, the implied first one among them.
    mutating func lists(of agreements: [AgreementSpec]) -> [PublishedList] {
        var lists: [PublishedList] = []
        if sections.scenario.first?.value.hasFirstList ?? true {
            lists.append(PublishedList(at: .zero, entries: agreements))
        }
        for section in sections.lists {
            checkNames(section)
            let value = section.value
            var list = PublishedList(
                at: value.at,
                entries: agreements.filter {
                    value.agreements?.contains($0.name) ?? true && !value.without.contains($0.name)
                })
            for change in value.changed ?? [] {
                guard let index = list.entries.firstIndex(where: { $0.name == change.agreement }) else { continue }
                list.entries[index].standing = change.standing
            }
            (list.damage, list.staleAfter) = (value.damage, value.staleAfter)
            list.activeAfter = value.activeAfter
            lists.append(list)
        }
        return lists.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    private mutating func checkNames(_ section: ReadSection<ListSection>) {
        guard site != nil else { return }
        let known = sections.agreements.map(\.name)
        for name in section.value.agreements ?? [] {
            check(name, is: "agreement", of: known, in: section, "agreements")
        }
        for name in section.value.without { check(name, is: "agreement", of: known, in: section, "without") }
        for name in (section.value.changed ?? []).map(\.agreement) {
            check(name, is: "agreement", of: known, in: section, "changed")
        }
    }

    /// The rule of the site's tags; nil: the site is not understood, or has no reader.
    var tagRule: TagText? { site.map { $0.configuration.readers.first?.settings.tagText ?? .printed10or16 } }

    /// A vehicle's tag as it lies there; nil when there is none, or an error says why not.
    mutating func tag(
        _ word: TagWord?, in section: ReadSection<VehicleSection>, _ key: String, _ agreements: [AgreementSpec]
    ) -> TagSpec? {
        switch word {
        case nil: return nil
        case .text(let text): return TagSpec(text: text)
        case .agreement(let name):
            if let agreement = agreements.first(where: { $0.name == name }) { return TagSpec(text: agreement.text) }
            let known = sections.agreements.map(\.name)
            guard !known.contains(name) else { return nil }
            let hint = KnownWords(known).hint(for: name)
            errors.add(
                at: section.place(of: key),
                "\(section.heading) \(key): there is no [agreement \(name)]"
                    + (hint.isEmpty ? "; what the tag gives in its own words stands in \"…\"" : hint))
            return nil
        case .number(let number):
            guard let rule = tagRule else { return nil }
            let text = rule == .printed10or16 ? number.filter { $0 != " " } : number
            guard case .tag = rule.content(of: text.utf8) else {
                errors.add(
                    at: section.place(of: key),
                    "\(section.heading) \(key): \(number.quoted) is no number of this site's tags; expected \(rule.words), "
                        + "or \"\(number)\" in quotes if that is what the tag shall give")
                return nil
            }
            return TagSpec(text: text)
        }
    }
}

extension TagText {
    /// What a number looks like by this rule.
    fileprivate var words: String {
        switch self {
        case .printed10or16: "10 or 16 digits"
        case .agencySerial(let prefix, let digits): "\(prefix.isEmpty ? "" : "\(prefix) and ")\(digits) digits"
        case .ata: "1 to 10 of A to Z, 0 to 9 and blanks"
        }
    }
}
