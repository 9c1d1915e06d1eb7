import Station

extension Command {
    static let keys = Command(
        "keys",
        "makes the keys that sign lists, and shows their public halves",
        help: """
            usage: central keys [--next | --use-next] [--folder DIR]

            Makes the Ed25519 key that signs agreement lists, unless there is one, and prints its public half: 64 digits
            that stations are configured with. A second run prints the same and changes nothing. While keys are changed
            it prints a line for each key that stations are to trust, the one that signs first.

              --next         make the key that is to sign later, unless there is one
              --use-next     sign with that key from now on; the one before stays known, so that the list that is
                             served now goes on being served
              --folder DIR   where everything is kept (default: \(CentralCommands.defaultFolder)); the keys are keys/list.key,
                             keys/next.key and keys/previous.key there, their public halves end with .pub

            To change keys: central keys --next; put both lines into publicKeys of every station; when each of them has
            been restarted, central keys --use-next, and publish; when all have a list of the new key, take the old
            line out of publicKeys.

            example: central keys --folder /srv/central
            """,
        flags: ["--next", "--use-next"]
    ) { arguments, folder, console in
        guard !(arguments.has("--next") && arguments.has("--use-next")) else {
            throw Arguments.UsageError("--next and --use-next are two steps, days apart")
        }
        let keys = ListKeys(folder)
        if arguments.has("--use-next") {
            try keys.useNext()
            console.note("signs with the next key from now on; keep a copy of \(folder.signingKey)")
        }
        let wanted: [ListKeys.Role] = arguments.has("--next") ? [.list, .next] : [.list]
        for role in wanted where try keys.make(role) {
            console.note("made \(folder.signingKey(role)); keep a copy where nobody else can read it")
        }
        console.line(try keys.signing().publicKey.hex)
        if let next = try keys.next() { console.line(next.hex) }
        return .ok
    }
}
