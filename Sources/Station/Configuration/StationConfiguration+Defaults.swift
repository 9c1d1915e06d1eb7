extension StationConfiguration {
    /// A whole file with every key, its default, unit, range and explanation: what `station config --defaults` prints.
    ///
    /// Keys without a value have to be filled in; sections of which there is no such thing at the station are taken out.
    package static var defaults: String {
        let head = SectionTable<StationSection>.comment(
            """
            The configuration of a Bomstasjon station: every key with its default. A key that is left out has its \
            default; a key without a value has to be filled in. Take out the sections of what the station does not have, and \
            write one [lane], [detector], [reader] and [camera] for each that it has. Then: station check FILE
            """)
        return ([head] + StationSections.documented).joined(separator: "\n")
    }
}
