import Devices
import TestSupport
import Testing

@Suite struct SupervisorTests {
    @Test func `is told word for word, at a path and at an abstract name`() throws {
        let folder = try TemporaryFolder()
        for address in [folder / "notify", "@\(folder / "notify")"] {
            let systemd = try DatagramSocket(address)
            let supervisor = Supervisor(address: address)
            supervisor.tell(.ready)
            supervisor.tell(.alive)
            supervisor.tell(.stopping)
            #expect(systemd.next(within: 5_000) == "READY=1")
            #expect(systemd.next(within: 5_000) == "READY=1\nWATCHDOG=1")
            #expect(systemd.next(within: 5_000) == "STOPPING=1")
        }
    }

    @Test func `does nothing where nobody listens, and does not wait for one who does not read`() throws {
        let folder = try TemporaryFolder()
        Supervisor(address: nil).tell(.ready)
        Supervisor(address: folder / "nobody").tell(.ready)
        let deaf = try DatagramSocket(folder / "deaf")
        // More than any queue holds: the kernel's default is 10 datagrams, systems set some hundreds.
        for _ in 0..<10_000 { Supervisor(address: folder / "deaf").tell(.alive) }
        var kept = 0
        while deaf.next(within: 0) != nil { kept += 1 }
        #expect((1..<10_000).contains(kept), "the others were not waited with")
    }
}
