import Testing

/// Bad input, each tried on the shipped program: the real `station`, with devices and servers that misbehave.
///
/// docs/BAD-INPUT.md says in words what is held here. One after another: each starts a station and waits for it.
@Suite(.serialized) struct ProcessTests {}
