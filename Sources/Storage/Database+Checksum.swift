import CSQLite

extension Database {
    /// Gives SQL `checksum(…)`: one integer over any number of values, their kinds and lengths.
    ///
    ///     kind (1) │ integer (8) or length (8) and bytes │ kind (1) │ …        kind: 1 integer, 2 real, 3 text, 4 blob, 5 null
    static func defineChecksum(on connection: OpaquePointer?) -> Int32 {
        unsafe sqlite3_create_function_v2(
            connection, "checksum", -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nil,
            { call, count, values in
                var sum = Checksum()
                for place in 0..<Int(count) {
                    guard let value = unsafe values?[place] else { continue }
                    let kind = unsafe sqlite3_value_type(value)
                    sum.add(UInt8(truncatingIfNeeded: kind))
                    if kind == SQLITE_INTEGER {
                        sum.add(unsafe UInt64(bitPattern: sqlite3_value_int64(value)))
                    } else if kind != SQLITE_NULL, let bytes = unsafe sqlite3_value_blob(value) {
                        let length = unsafe Int(sqlite3_value_bytes(value))
                        sum.add(UInt64(length))
                        for place in 0..<length {
                            sum.add(unsafe bytes.load(fromByteOffset: place, as: UInt8.self))
                        }
                    }
                }
                unsafe sqlite3_result_int64(call, Int64(bitPattern: sum.value))
            }, nil, nil, nil)
    }
}
