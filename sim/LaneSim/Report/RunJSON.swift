import FoundationEssentials
import Lane

/// A run as one line of JSON, for programs; `sim/REPORTS.md` says what each member means.
struct RunJSON: Encodable {
    private struct Count: Encodable {
        let count: Int
        let of: Int?
    }

    private struct Matrix: Encodable {
        struct Row: Encodable {
            let cause: String
            let counts: [Int]
        }
        let title: String
        let columns: [String]
        let rows: [Row]
    }

    private struct Failure: Encodable {
        let file: String
        let line: Int
        let column: Int
        let subject: String
        let what: String
        let expected: String
        let came: String
        let because: String
    }

    private struct Vehicle: Encodable {
        let name: String
        let due: String
        let cause: String
        let sight: String
        let outcome: String?
        let decision: String?
        let light: String?
        let tag: String?
        let because: String
    }

    private let scenario: String
    private let path: String
    private let shows: String
    private let seed: UInt64
    private let wire: Bool
    private let ok: Bool
    private let digest: String
    /// Nanoseconds.
    private let time: Int64
    private let events: Int
    private let figures: [String: Count]
    private let matrices: [Matrix]
    private let failures: [Failure]
    private let troubles: [String]
    private let again: String
    private let vehicles: [Vehicle]?

    /// - Parameter isVerbose: with a member for each vehicle.
    init(_ result: RunResult, isVerbose: Bool) {
        scenario = result.name
        path = result.path
        shows = result.shows
        seed = result.seed
        wire = result.isOnWire
        ok = result.isGood
        digest = result.digest.hex
        time = result.virtualTime.nanoseconds
        events = result.events
        figures = Dictionary(
            uniqueKeysWithValues: Figure.allCases.map {
                ($0.rawValue, Count(count: result.figures[$0].count, of: result.figures[$0].of))
            })
        matrices = result.matrices.map { matrix in
            Matrix(
                title: matrix.title, columns: matrix.columns,
                rows: matrix.rows.map { Matrix.Row(cause: $0.cause, counts: $0.counts) })
        }
        failures = result.failures.map { failure in
            Failure(
                file: failure.place.file, line: failure.place.position.line, column: failure.place.position.column,
                subject: failure.subject, what: failure.what, expected: failure.expected, came: failure.came,
                because: failure.because)
        }
        troubles = result.troubles
        again = result.again
        vehicles = isVerbose ? result.vehicles.map(Self.vehicle) : nil
    }

    private static func vehicle(_ vehicle: VehicleVerdict) -> Vehicle {
        Vehicle(
            name: vehicle.name, due: vehicle.due.outcome.word, cause: vehicle.due.cause, sight: vehicle.sight.rawValue,
            outcome: vehicle.outcome?.word, decision: vehicle.decision?.rawValue, light: vehicle.light?.rawValue,
            tag: vehicle.tag?.rawValue, because: vehicle.because)
    }

    /// The line without its newline; the same run gives the same bytes.
    var line: String { Self.text(self) }

    /// A file that could not be run.
    static func error(_ message: String, path: String) -> String {
        struct Failed: Encodable {
            let path: String
            let ok = false
            let error: String
        }
        return text(Failed(path: path, error: message))
    }

    /// A scenario that this way of running cannot do.
    static func skipped(_ reasons: [String], path: String) -> String {
        struct Skipped: Encodable {
            let path: String
            let skipped: [String]
        }
        return text(Skipped(path: path, skipped: reasons))
    }

    private static func text(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            preconditionFailure("texts and whole numbers can be written as JSON")
        }
    }
}
