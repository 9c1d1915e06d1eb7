import Exchange
import Station
import Storage

extension Command {
    static let keys = Command(
        "keys",
        "makes the key that signs lists, and shows its public half",
        help: """
            usage: central keys [--folder DIR]

            Makes the Ed25519 key that signs agreement lists, unless there is one, and prints its public half: 64 digits
            that stations are configured with. A second run prints the same and changes nothing.

              --folder DIR   where everything is kept (default: \(CentralCommands.defaultFolder)); the key is keys/list.key there,
                             the public half keys/list.pub

            example: central keys --folder /srv/central
            """,
    ) { _, folder, console in
        if FileStamp(of: folder.signingKey) == nil {
            try makeFolder(folder.path)
            try makeFolder(folder.keys, mode: 0o700)
            try SigningKey.generate().write(to: folder.signingKey)
            console.note("made \(folder.signingKey); keep a copy where nobody else can read it")
        }
        let key = try SigningKey(file: folder.signingKey).publicKey
        if FileStamp(of: folder.publicKey) == nil {
            try key.write(to: folder.publicKey)
            try syncFolder(folder.keys)
        }
        guard try PublicKey(file: folder.publicKey) == key else {
            throw KeyError.halvesDiffer(path: folder.publicKey)
        }
        console.line(key.hex)
        return .ok
    }
}
