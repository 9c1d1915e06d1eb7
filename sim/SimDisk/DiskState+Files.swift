import Glibc
import Storage

/// Calls on files. Each throws the system's error number, as that one's call of the same kind would set it.
extension DiskState {
    /// Opens a file or a folder as `open` does: `O_CREAT`, `O_EXCL`, `O_TRUNC` and `O_DIRECTORY` count.
    mutating func open(_ path: String, _ flags: Int32) throws(Failure) -> Int32 {
        let isWritable = flags & O_ACCMODE != O_RDONLY
        if let entry = names[path] {
            try begin(whole: .open)
            if flags & O_EXCL != 0, flags & O_CREAT != 0 { throw Failure(EEXIST) }
            guard case .file(let file) = entry else {
                guard !isWritable else { throw Failure(EISDIR) }
                return open(path, file: nil, isWritable: false)
            }
            if flags & O_DIRECTORY != 0 { throw Failure(ENOTDIR) }
            if flags & O_TRUNC != 0, nodes[file]?.content.visible.count != 0 { update(file) { $0.resize(to: 0) } }
            return open(path, file: file, isWritable: isWritable)
        }
        guard flags & O_CREAT != 0 else {
            try begin(whole: .open)
            throw Failure(ENOENT)
        }
        var file = 0
        try change(.create) { state throws(Failure) in
            try state.checkFolder(of: path)
            file = state.makeNode()
            state.names.add(path, .file(file))
        }
        return open(path, file: file, isWritable: isWritable)
    }

    /// Reads as `pread` does; nil: from the descriptor's position, which goes on.
    mutating func read(
        _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int?
    ) throws(Failure) -> Int {
        let file = try file(descriptor)
        try begin(whole: .read)
        let start = offset ?? handles[descriptor]?.position ?? 0
        let got = unsafe nodes[file]?.content.visible.read(into: buffer, at: start) ?? 0
        if offset == nil { handles[descriptor]?.position = start + got }
        return got
    }

    /// Writes as `pwrite` does, so fewer bytes perhaps; nil: at the descriptor's position, which goes on.
    mutating func write(
        _ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int?
    ) throws(Failure) -> Int {
        let file = try writableFile(descriptor)
        let start = offset ?? handles[descriptor]?.position ?? 0
        let fault = try begin(.write)
        var count = end(of: file, wanted: start + bytes.count) - start
        switch fault {
        case .short: count = min(count, max(1, bytes.count / 2))
        case .error: count = min(count, Int(chance.next() % UInt64(bytes.count + 1)))
        case nil, .powerCut: break
        }
        guard unsafe count > 0 || bytes.isEmpty || fault != nil else { throw Failure(ENOSPC) }
        if count > 0 {
            update(file) { content in
                unsafe content.write(UnsafeRawBufferPointer(rebasing: bytes[..<count]), at: start)
            }
        }
        switch fault {
        case .error(let number): throw Failure(number)
        case .powerCut: throw goOff()
        case nil, .short: break
        }
        if offset == nil { handles[descriptor]?.position = start + count }
        return count
    }

    /// The file of a descriptor that was opened for writing.
    private func writableFile(_ descriptor: Int32) throws(Failure) -> Int {
        guard try handle(descriptor).isWritable else { throw Failure(EBADF) }
        return try file(descriptor)
    }

    /// Cuts off or fills up a file.
    mutating func truncate(_ descriptor: Int32, to size: Int) throws(Failure) {
        let file = try writableFile(descriptor)
        try change(.truncate) { state throws(Failure) in
            guard state.end(of: file, wanted: size) >= size else { throw Failure(ENOSPC) }
            if state.nodes[file]?.content.visible.count != size { state.update(file) { $0.resize(to: size) } }
        }
    }

    /// Syncs a file's content, or a folder's names.
    mutating func sync(_ descriptor: Int32) throws(Failure) {
        let handle = try handle(descriptor)
        guard let file = handle.file else {
            try begin(whole: .syncFolder)
            return names.sync(handle.path)
        }
        if handle.isWorn { wornSyncs += 1 }
        switch try begin(.sync) {
        case .error(let number):
            handles[descriptor]?.isWorn = true
            failedSyncs += 1
            var cut = PowerCut(seed: chance.next())
            nodes[file]?.content.failSync(&cut)
            throw Failure(number)
        case .powerCut: throw goOff()
        case nil, .short: nodes[file]?.content.sync()
        }
    }

    /// A file's size by its descriptor.
    mutating func size(_ descriptor: Int32) throws(Failure) -> Int {
        let file = try file(descriptor)
        try begin(whole: .look)
        return nodes[file]?.content.visible.count ?? 0
    }
}
