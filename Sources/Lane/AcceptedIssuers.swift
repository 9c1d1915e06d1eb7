/// Whose tags are accepted at this station: the table of accepted issuers (AIT in AutoPASS), asked before any list.
///
/// The longest prefix that a number begins with decides. Without any row everybody is accepted; with some, a number that none
/// of them matches is of an issuer that is not accepted. A number takes some tens of nanoseconds, and no memory.
package struct AcceptedIssuers: Hashable, Sendable {
    /// What is done with an issuer's numbers.
    package struct Row: Hashable, Sendable {
        package let prefix: IssuerPrefix
        /// What people call the issuer.
        package let name: String
        package let isAccepted: Bool
        /// Whether a number whose check digit is wrong is malformed (`ResultOp` 5).
        package let demandsLuhn: Bool

        package init(_ prefix: IssuerPrefix, name: String, isAccepted: Bool = true, demandsLuhn: Bool = false) {
            self.prefix = prefix
            self.name = name
            self.isAccepted = isAccepted
            self.demandsLuhn = demandsLuhn
        }
    }

    /// What is asked of a row for each read: no reference in it, so that nothing is counted.
    private struct Rule: Hashable, Sendable {
        let system: TagNumber.System
        let count: Int
        let value: UInt64
        let isAccepted: Bool
        let demandsLuhn: Bool
    }

    /// The longest prefixes first; of equal ones the first that was given.
    package let rows: [Row]
    private let rules: [Rule]

    package init(_ rows: [Row] = []) {
        let sorted = rows.enumerated().sorted { a, b in
            a.element.prefix.count != b.element.prefix.count
                ? a.element.prefix.count > b.element.prefix.count : a.offset < b.offset
        }
        self.rows = sorted.map(\.element)
        rules = self.rows.map { row in
            Rule(
                system: row.prefix.system, count: row.prefix.count, value: row.prefix.value,
                isAccepted: row.isAccepted, demandsLuhn: row.demandsLuhn)
        }
    }

    /// Why a number is refused before any list is asked; nil: ask the list.
    ///
    /// - Parameter list: the list in force, which the record names.
    package func refusal(of tag: TagNumber, by list: ListVersion?) -> ListAnswer? {
        guard !rules.isEmpty else { return nil }
        guard let place = place(of: tag) else { return .issuerNotAccepted(list) }
        if rules[place].demandsLuhn, !tag.passesLuhn { return .malformed(list) }
        return rules[place].isAccepted ? nil : .issuerNotAccepted(list)
    }

    /// The row that decides about a number.
    package func row(of tag: TagNumber) -> Row? { place(of: tag).map { rows[$0] } }

    private func place(of tag: TagNumber) -> Int? {
        let figures = tag.figures
        var (length, leading) = (-1, UInt64(0))
        for place in rules.indices {
            let rule = rules[place]
            guard rule.system == figures.system, rule.count <= figures.count else { continue }
            if rule.count != length { (length, leading) = (rule.count, figures.leading(rule.count)) }
            if rule.value == leading { return place }
        }
        return nil
    }
}
