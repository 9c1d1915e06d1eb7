import Glibc

/// A certificate and its key, read whole: libmicrohttpd wants the texts.
struct PEMFiles {
    let certificate: String
    let key: String

    /// Certificates with their chains have 2 to 10 KB.
    private static let mostBytes = 262_144

    init(_ identity: Identity) throws(ServerError) {
        certificate = try Self.read(identity.certificate)
        key = try Self.read(identity.key)
        guard certificate.contains("BEGIN CERTIFICATE") else {
            throw ServerError(identity.certificate, .certificate("it holds no PEM certificate"))
        }
        guard key.contains("PRIVATE KEY") else {
            throw ServerError(identity.key, .certificate("it holds no PEM private key"))
        }
    }

    private static func read(_ path: String) throws(ServerError) -> String {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ServerError(path, .certificate(systemWords(errno))) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = unsafe Glibc.read(descriptor, &piece, piece.count)
            guard count >= 0 else { throw ServerError(path, .certificate(systemWords(errno))) }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece[..<count]
            guard bytes.count <= mostBytes else {
                throw ServerError(path, .certificate("larger than \(mostBytes) bytes"))
            }
        }
    }
}
