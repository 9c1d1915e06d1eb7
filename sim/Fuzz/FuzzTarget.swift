/// What reads bytes that come from outside, one case each.
package enum FuzzTarget: String, CaseIterable, Sendable {
    /// A reader's bytes, to frames.
    case ecp
    /// The same to reads, in a session that has set its reader up.
    case session
    /// A tag's text, to its number.
    case tagText = "tag-text"
    /// What a line bank says.
    case lines
    /// An operator's file of agreements.
    case agreements
    /// A table of agreements, as `station list build` takes it.
    case table
    /// Lists, changes and parts, behind their signatures.
    case list
    /// A station's configuration.
    case configuration
    /// A scenario.
    case scenario
    /// One record's body and its line.
    case record
    /// A batch of records, as the central server takes it.
    case batch
    /// What the central server answers.
    case answers
    /// A request to the central server: its path, and the headers of photos and of ranges.
    case central
    /// A request at the control socket.
    case control
    /// A packed list.
    case gzip
    /// A camera's picture.
    case picture
}
