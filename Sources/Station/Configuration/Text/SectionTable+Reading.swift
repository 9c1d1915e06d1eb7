extension SectionTable {
    /// All sections of this kind in the order of the file; what is wrong with them is added to the errors.
    ///
    /// A section comes back also when keys of it are wrong: those keep their defaults, so that the reader can go on.
    ///
    /// - Parameter start: what a section begins with, from those above it; nil: as the table has it.
    package func read(
        _ text: ConfigurationText, _ errors: inout ConfigurationErrors,
        startingWith start: (_ section: ConfigurationText.Section, _ above: [ReadSection<Target>]) -> Target? = {
            _, _ in
            nil
        }
    ) -> [ReadSection<Target>] {
        var read: [ReadSection<Target>] = []
        var lines: [String: Int] = [:]
        for section in text.sections where section.kind == kind {
            guard let name = checkedName(section, &errors) else { continue }
            if let first = lines[name] {
                errors.add(at: section.at, "\(heading(name)) stands twice; the first is in line \(first)")
                continue
            }
            lines[name] = section.at.line
            read.append(self.read(section, start(section, read) ?? empty(name), &errors))
        }
        if naming == .required, !text.hasBrokenSection, !text.sections.contains(where: { $0.kind == kind }) {
            errors.add(at: nil, "section \(heading("")) is missing")
        }
        if read.count > most { errors.add(at: read[most].at, "more than \(most) sections [\(kind)]") }
        return read
    }

    private var most: Int {
        switch naming {
        case .single, .required: 1
        case .numbered(let most), .named(let most, _, _): most
        }
    }

    /// The section's name when it is one; else an error.
    private func checkedName(_ section: ConfigurationText.Section, _ errors: inout ConfigurationErrors) -> String? {
        let name = section.name
        let isGood: Bool
        switch naming {
        case .single, .required:
            isGood = name.isEmpty
            if !isGood { errors.add(at: section.at, "\(heading(name)): expected [\(kind)] without a name") }
        case .numbered(let most):
            isGood = Int(name).map { (1...most).contains($0) && String($0) == name } ?? false
            if !isGood { errors.add(at: section.at, "\(heading(name)): expected [\(kind) 1] to [\(kind) \(most)]") }
        case .named(_, let longest, let example):
            do throws(ValueError) {
                guard !name.isEmpty else { throw ValueError("a name is missing") }
                _ = try ValueType<String>.name(most: longest).parse(name)
                isGood = true
            } catch {
                isGood = false
                let expected = ValueType<String>.name(most: longest).expected
                errors.add(
                    at: section.at, "[\(kind)]: \(error.reason); expected \(expected), such as [\(kind) \(example)]")
            }
        }
        return isGood ? name : nil
    }

    private func read(
        _ section: ConfigurationText.Section, _ start: Target, _ errors: inout ConfigurationErrors
    ) -> ReadSection<Target> {
        let heading = heading(section.name)
        var read = ReadSection(name: section.name, heading: heading, at: section.at, value: start)
        var lines: [String: Int] = [:]
        for entry in section.entries {
            guard let key = keys.first(where: { $0.name == entry.key }) else {
                errors.add(at: entry.keyAt, "\(heading): unknown key \(entry.key.quoted)\(hint(for: entry.key))")
                continue
            }
            if let first = lines[key.name] {
                errors.add(at: entry.keyAt, "\(heading) \(key.name) stands twice; the first is in line \(first)")
                continue
            }
            lines[key.name] = entry.keyAt.line
            read.places[key.name] = entry.valueAt
            if take(entry, key, heading, into: &read.value, &errors) { read.understood.insert(key.name) }
        }
        for key in keys where lines[key.name] == nil {
            guard case .required(let example) = key.presence else { continue }
            errors.add(
                at: section.at, "\(heading) \(key.name) is missing; expected \(key.expected), such as \(example)")
        }
        return read
    }

    private func take(
        _ entry: ConfigurationText.Entry, _ key: ConfigurationKey<Target>, _ heading: String, into value: inout Target,
        _ errors: inout ConfigurationErrors
    ) -> Bool {
        do throws(ValueError) {
            guard !entry.value.isEmpty else { throw ValueError("no value") }
            try key.set(&value, entry.value)
            return true
        } catch {
            let start = entry.valueAt
            let at = TextPosition(line: start.line, column: start.column + error.offset, file: start.file)
            errors.add(at: at, "\(heading) \(key.name): \(error.reason); expected \(key.expected)\(error.hint)")
            return false
        }
    }

    private func hint(for key: String) -> String {
        let hint = KnownWords(keys.map(\.name)).hint(for: key)
        return hint.isEmpty ? "; the keys are \(keys.map(\.name).joined(separator: ", "))" : hint
    }
}

extension ConfigurationText {
    /// Adds an error for each section of a kind that nobody knows, and the file's own faults.
    package func report(knownKinds: [String], _ errors: inout ConfigurationErrors) {
        errors.add(self.errors)
        let known = KnownWords(knownKinds)
        for section in sections where !knownKinds.contains(section.kind) {
            let hint = known.hint(for: section.kind)
            let list = knownKinds.map { "[\($0)]" }.joined(separator: ", ")
            errors.add(
                at: section.at,
                "unknown section \(section.kind.quoted)\(hint.isEmpty ? "; the sections are \(list)" : hint)")
        }
    }
}
