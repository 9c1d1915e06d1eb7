import Glibc

/// What the environment says, by `scripts/fuzz`.
private func setting(_ name: String) -> String {
    guard let value = unsafe getenv(name) else { stop("\(name) is not set; start with scripts/fuzz") }
    return unsafe String(cString: value)
}

/// Made by the first call, once.
private let target: FuzzTarget = {
    let name = setting("FUZZ_TARGET")
    guard let target = FuzzTarget(rawValue: name) else { stop("there is no target \(name)") }
    return target
}()

private let run: FuzzRun = {
    do {
        return try FuzzRun(folder: setting("FUZZ_FOLDER"))
    } catch {
        stop("\(error)")
    }
}()

/// Called by libFuzzer with each input. A finding ends the process, as a trap does: libFuzzer keeps the input.
@_cdecl("LLVMFuzzerTestOneInput")
func test(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    do {
        try run.check(unsafe Array(UnsafeBufferPointer(start: bytes, count: count)), by: target)
    } catch {
        stop("finding: \(error)")
    }
    return 0
}

private func stop(_ sentence: String) -> Never {
    let line = Array("fuzz: \(sentence)\n".utf8)
    _ = unsafe write(2, line, line.count)
    abort()
}
