import Exchange
import Glibc
import Lane

/// Where files are written, as `scripts/fuzz` says.
private let folder = unsafe getenv("LIST_FUZZ_FOLDER").map { unsafe String(cString: $0) } ?? "."

/// Made by the first call, once.
private let target: ListFuzz = {
    do {
        return ListFuzz(try FuzzSamples(folder: folder))
    } catch {
        preconditionFailure("make the samples: \(error)")
    }
}()

/// Called by libFuzzer before anything else: where a folder for seeds is named, they are written and that is all.
@_cdecl("LLVMFuzzerInitialize")
func initialize(_ count: UnsafeMutableRawPointer?, _ arguments: UnsafeMutableRawPointer?) -> CInt {
    guard let seeds = unsafe getenv("LIST_FUZZ_SEEDS") else { return 0 }
    do {
        try FuzzSamples(folder: folder).write(to: unsafe String(cString: seeds))
    } catch {
        preconditionFailure("make the seeds: \(error)")
    }
    exit(0)
}

/// Called by libFuzzer with each input.
@_cdecl("LLVMFuzzerTestOneInput")
func test(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.run(unsafe Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}
