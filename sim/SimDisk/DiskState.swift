import Glibc
import Peripherals
import Storage

/// What a simulated disk is made of, and what is open on it. `SimulatedDisk` has one behind its lock.
struct DiskState: Sendable {
    /// A file, with a name or open.
    struct Node {
        var content = FileContent()
        var locks = FileLocks()
        /// Its shared memory's number, while somebody in this life of the machine uses it.
        var memory: Int?
        var openings = 0
        /// When it was last written, in milliseconds since 1970.
        var modified: Int64 = 0
    }

    /// What a descriptor stands for.
    struct Handle {
        let path: String
        /// Nil: a folder.
        let file: Int?
        /// The life of the program that opened it: after its end the descriptor is dead.
        let life: Int
        let isWritable: Bool
        var position = 0
        var memory: Int?
        /// A sync of it failed.
        var isWorn = false
    }

    /// A call that failed.
    struct Failure: Error {
        let number: Int32
        init(_ number: Int32) { self.number = number }
    }

    var names = NameTable()
    var nodes: [Int: Node] = [:]
    var handles: [Int32: Handle] = [:]
    var memories: [Int: SharedMemory] = [:]
    var plan = FaultPlan()
    /// Calls since the plan was made.
    var calls = 0
    /// Calls of each kind ever.
    var counts = [Int](repeating: 0, count: DiskCall.allCases.count)
    /// Syncs of a descriptor on which one had failed.
    var wornSyncs = 0
    /// Syncs of files that failed.
    var failedSyncs = 0
    var capacity: Int
    private(set) var used = 0
    /// Civil time in milliseconds since 1970.
    var now: Int64 = 0
    private(set) var isOn = true
    /// Somebody looks who is no part of the machine.
    var isLookedAt = false
    private var life = 0
    private var nextNode = 1
    private var nextHandle: Int32 = 3
    private var nextMemory = 1
    private var unlinked = 0
    var chance: SmallGenerator

    init(seed: UInt64, capacity: Int) {
        chance = SmallGenerator(seed: seed)
        self.capacity = capacity
    }

    /// Counts a call, and gives what befalls it; throws when the machine is off, or the call fails without any effect.
    mutating func begin(_ call: DiskCall) throws(Failure) -> DiskFault? {
        guard isOn else { throw Failure(EIO) }
        guard !isLookedAt else { return nil }
        calls += 1
        counts[call.rawValue] += 1
        return plan.due(call, number: calls, &chance)
    }

    /// Counts a call that fails as a whole or not at all.
    mutating func begin(whole call: DiskCall) throws(Failure) {
        switch try begin(call) {
        case nil, .short: return
        case .error(let number): throw Failure(number)
        case .powerCut: throw goOff()
        }
    }

    /// Counts a call that changes something, and carries it out: it may have happened when the power goes.
    mutating func change(_ call: DiskCall, _ body: (inout DiskState) throws(Failure) -> Void) throws(Failure) {
        let fault = try begin(call)
        if case .error(let number) = fault { throw Failure(number) }
        try body(&self)
        if fault == .powerCut { throw goOff() }
    }

    /// The power is gone.
    mutating func goOff() -> Failure {
        isOn = false
        return Failure(EIO)
    }

    // MARK: Lives

    /// The program ends without a word: what it had open is closed, what it wrote is there.
    mutating func endProgram() {
        life += 1
        for id in nodes.keys {
            nodes[id]?.locks = FileLocks()
            nodes[id]?.memory = nil
        }
    }

    /// The power goes and comes back.
    mutating func restart(_ cut: inout PowerCut) {
        endProgram()
        names.lose(&cut)
        for id in nodes.keys.sorted() { nodes[id]?.content.lose(&cut) }
        isOn = true
        plan = FaultPlan()
        calls = 0
        purge()
    }

    // MARK: Files

    /// A new file without a name.
    mutating func makeNode() -> Int {
        defer { nextNode += 1 }
        var node = Node()
        node.modified = now
        nodes[nextNode] = node
        return nextNode
    }

    /// A new descriptor.
    mutating func open(_ path: String, file: Int?, isWritable: Bool) -> Int32 {
        defer { nextHandle += 1 }
        handles[nextHandle] = Handle(path: path, file: file, life: life, isWritable: isWritable)
        if let file { nodes[file]?.openings += 1 }
        return nextHandle
    }

    /// What a descriptor stands for, if its program still runs.
    func handle(_ descriptor: Int32) throws(Failure) -> Handle {
        guard let handle = handles[descriptor] else { throw Failure(EBADF) }
        guard handle.life == life, isOn else { throw Failure(EIO) }
        return handle
    }

    /// The file of a descriptor.
    func file(_ descriptor: Int32) throws(Failure) -> Int {
        guard let file = try handle(descriptor).file else { throw Failure(EISDIR) }
        return file
    }

    /// Lets go of a descriptor, dead or not.
    mutating func close(_ descriptor: Int32) {
        guard let handle = handles.removeValue(forKey: descriptor) else { return }
        leaveMemory(of: handle, descriptor)
        guard let file = handle.file else { return }
        nodes[file]?.openings -= 1
        nodes[file]?.locks.lower(descriptor, to: .none)
    }

    /// Files that have no name and are not open go, not each time that there may be one.
    mutating func purgeSometimes() {
        unlinked += 1
        if unlinked > 64 + nodes.count / 2 { purge() }
    }

    mutating func purge() {
        unlinked = 0
        let named = names.named
        nodes = nodes.filter { $0.value.openings > 0 || named.contains($0.key) }
        used = nodes.values.reduce(0) { $0 + $1.content.visible.count }
    }

    // MARK: Room

    /// How far a file may grow now; counted by its visible bytes.
    mutating func end(of file: Int, wanted: Int) -> Int {
        let size = nodes[file]?.content.visible.count ?? 0
        if wanted - size > capacity - used { purge() }
        return min(wanted, max(size, size + (capacity - used)))
    }

    /// Changes a file, and keeps the count of what is used.
    mutating func update(_ file: Int, _ body: (inout FileContent) -> Void) {
        guard let before = nodes[file]?.content.visible.count else { return }
        nodes[file]?.modified = now
        body(&nodes[file, default: Node()].content)
        used += (nodes[file]?.content.visible.count ?? 0) - before
    }

    // MARK: Shared memory

    /// The memory that a descriptor shares with others of its file.
    mutating func memory(of descriptor: Int32) throws(Failure) -> Int {
        let handle = try handle(descriptor)
        if let memory = handle.memory { return memory }
        guard let file = handle.file else { throw Failure(EISDIR) }
        let memory = nodes[file]?.memory ?? nextMemory
        if memory == nextMemory {
            nextMemory += 1
            memories[memory] = SharedMemory()
            nodes[file]?.memory = memory
        }
        memories[memory]?.attach(descriptor)
        handles[descriptor]?.memory = memory
        return memory
    }

    /// The last that lets go of it frees it.
    mutating func leaveMemory(of handle: Handle?, _ descriptor: Int32) {
        guard let memory = handle?.memory, let file = handle?.file else { return }
        handles[descriptor]?.memory = nil
        memories[memory]?.detach(descriptor)
        guard memories[memory]?.isUnused == true else { return }
        memories[memory]?.free()
        memories[memory] = nil
        // After an end of the program the file has another memory, or none.
        if nodes[file]?.memory == memory { nodes[file]?.memory = nil }
    }
}
