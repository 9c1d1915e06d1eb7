import Lane

/// The table of accepted issuers.
extension StationChecks {
    /// No prefix stands twice, and a check digit is demanded only of numbers that have one.
    mutating func checkIssuers() {
        var owners: [IssuerPrefix: String] = [:]
        for issuer in sections.issuers {
            for prefix in issuer.value.prefixes {
                if let other = owners.updateValue(issuer.heading, forKey: prefix) {
                    errors.add(
                        at: issuer.place(of: "prefix"), "\(issuer.heading) prefix: \(prefix) is also one of \(other)")
                }
                guard prefix.system == .ata, issuer.value.demandsLuhn, issuer.says("luhn") else { continue }
                errors.add(
                    at: issuer.place(of: "luhn"),
                    "\(issuer.heading) luhn: \(prefix) stands for texts, which have no check digit; expected no")
            }
        }
    }
}
