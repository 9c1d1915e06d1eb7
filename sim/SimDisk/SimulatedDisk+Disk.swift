import Glibc
import Storage

/// The program's own files on it: each call answers as the system's does, -1 with `errno` when it fails.
extension SimulatedDisk: Disk {
    package func open(_ path: String, _ flags: Int32, mode: UInt32) -> Int32 {
        answer(orElse: -1) { state throws(DiskState.Failure) in try state.open(path, flags) }
    }

    package func close(_ descriptor: Int32) { forget(descriptor) }

    package func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        answer(orElse: -1) { state throws(DiskState.Failure) in
            unsafe try state.read(descriptor, into: buffer, at: nil)
        }
    }

    package func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        answer(orElse: -1) { state throws(DiskState.Failure) in unsafe try state.write(descriptor, bytes, at: nil) }
    }

    package func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
        answer(orElse: -1) { state throws(DiskState.Failure) in
            unsafe try state.write(descriptor, bytes, at: offset)
        }
    }

    package func rewind(_ descriptor: Int32) -> Int32 {
        success { state throws(DiskState.Failure) in
            _ = try state.file(descriptor)
            state.handles[descriptor]?.position = 0
        }
    }

    package func truncate(_ descriptor: Int32, to size: Int) -> Int32 {
        success { state throws(DiskState.Failure) in try state.truncate(descriptor, to: size) }
    }

    package func sync(_ descriptor: Int32) -> Int32 {
        success { state throws(DiskState.Failure) in try state.sync(descriptor) }
    }

    package func syncData(_ descriptor: Int32) -> Int32 { sync(descriptor) }

    package func lock(_ descriptor: Int32) -> Int32 {
        success { state throws(DiskState.Failure) in
            guard try state.lock(descriptor, .shared), try state.lock(descriptor, .exclusive) else {
                state.unlock(descriptor)
                throw DiskState.Failure(EWOULDBLOCK)
            }
        }
    }

    package func look(at descriptor: Int32) -> FileFacts? {
        answer(orElse: nil) { state throws(DiskState.Failure) in
            let file = try state.handle(descriptor).file
            try state.begin(whole: .look)
            return state.facts(of: file)
        }
    }

    package func look(at path: String, followsLinks: Bool) -> FileFacts? {
        answer(orElse: nil) { state throws(DiskState.Failure) in state.facts(of: try state.look(at: path)) }
    }

    /// Its content is zeros, as a file system shows it.
    package func allocate(_ descriptor: Int32, _ bytes: Int) -> Int32 {
        let zeros = [UInt8](repeating: 0, count: bytes)
        let written = unsafe zeros.withUnsafeBytes { unsafe write(descriptor, $0, at: 0) }
        guard written >= 0 else { return -1 }
        if written < bytes { errno = ENOSPC }
        return written == bytes ? 0 : -1
    }

    package func room(of folder: String) -> DiskRoom? {
        answer(orElse: nil) { state throws(DiskState.Failure) in
            state.purge()
            return DiskRoom(free: max(0, state.capacity - state.used), total: state.capacity)
        }
    }

    package func rename(_ path: String, to name: String) -> Int32 {
        success { state throws(DiskState.Failure) in try state.rename(path, to: name) }
    }

    package func link(_ path: String, to name: String) -> Int32 {
        success { state throws(DiskState.Failure) in try state.link(path, to: name) }
    }

    package func unlink(_ path: String) -> Int32 {
        success { state throws(DiskState.Failure) in try state.unlink(path) }
    }

    package func makeFolder(_ path: String, mode: UInt32) -> Int32 {
        success { state throws(DiskState.Failure) in try state.makeFolder(path) }
    }

    package func forEachName(in folder: String, _ body: (String) throws -> Void) rethrows -> Int32 {
        let names: [String]? = answer(orElse: nil) { state throws(DiskState.Failure) in try state.list(folder) }
        guard let names else { return -1 }
        for name in names { try body(name) }
        return 0
    }

    private func answer<Answer: Sendable>(
        orElse other: Answer, _ body: (inout DiskState) throws(DiskState.Failure) -> Answer
    ) -> Answer {
        do throws(DiskState.Failure) {
            return try call(body)
        } catch {
            errno = error.number
            return other
        }
    }

    private func success(_ body: (inout DiskState) throws(DiskState.Failure) -> Void) -> Int32 {
        answer(orElse: -1) { state throws(DiskState.Failure) in
            try body(&state)
            return 0
        }
    }
}

extension DiskState {
    /// What a call says of a file, or of a folder.
    func facts(of file: Int?) -> FileFacts {
        let node = file.flatMap { nodes[$0] }
        return FileFacts(
            size: node?.content.visible.count ?? 0, isFolder: file == nil, modified: node?.modified ?? 0)
    }

    /// Gives a lock back.
    mutating func unlock(_ descriptor: Int32) {
        guard let file = handles[descriptor]?.file else { return }
        nodes[file]?.locks.lower(descriptor, to: .none)
    }
}
