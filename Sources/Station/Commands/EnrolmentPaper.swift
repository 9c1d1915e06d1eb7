/// What `central stations add` prints, and the operator carries to the station: the code on the first line, and behind it the
/// central server's authority in PEM, by which the station knows that it gives the code to nobody else.
struct EnrolmentPaper: Hashable {
    /// As it was given out.
    let code: String
    /// In PEM; nil when only a code was given.
    let authority: String?

    /// The most bytes of one; a code and a certificate have about 1 KB.
    static let mostBytes = 16_384
    /// A code has 23 characters; one may be written with spaces.
    private static let longestCode = 100

    /// Nil: there is no code.
    init?(_ text: String) {
        let lines = text.split(whereSeparator: \.isNewline)
        guard let first = lines.first, !first.hasPrefix("-----"), first.utf8.count <= Self.longestCode else {
            return nil
        }
        code = String(first)
        let rest = lines.dropFirst().joined(separator: "\n")
        authority = rest.contains("-----BEGIN CERTIFICATE-----") ? rest + "\n" : nil
    }
}
