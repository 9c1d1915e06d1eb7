import FoundationEssentials

/// A small JSON body of the interface between station and central.
package protocol Message: Codable, Hashable, Sendable {}

/// Why an answer is not the message that was expected.
package enum MessageError: Error, Hashable, Sendable, CustomStringConvertible {
    case tooLong(bytes: Int)
    case malformed
    /// It has the form, and a value that cannot be.
    case outOfBounds(String)

    package var description: String {
        switch self {
        case .tooLong(let bytes): "a message of \(bytes) bytes; the longest is \(longestMessage)"
        case .malformed: "not the message that was expected"
        case .outOfBounds(let flaw): "not a message that can be: \(flaw)"
        }
    }
}

/// The longest message that is read: a batch in which every record was rejected, with a reason each, is shorter.
package let longestMessage = 1 << 20

extension Message {
    /// Reads a message; members that are not known are skipped, so that either side can be the newer one.
    package init(json bytes: [UInt8]) throws(MessageError) {
        guard bytes.count <= longestMessage else { throw .tooLong(bytes: bytes.count) }
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(bytes))
        } catch let error as MessageError {
            throw error
        } catch {
            throw .malformed
        }
    }

    /// The message as JSON, members in alphabetical order.
    package var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(self))
        } catch {
            preconditionFailure("a message of integers and strings can always be written: \(error)")
        }
    }
}
