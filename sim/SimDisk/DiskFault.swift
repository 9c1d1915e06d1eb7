import Glibc
import Peripherals

/// What can happen to one call.
package enum DiskFault: Hashable, Sendable {
    /// It fails with this number: `EIO`, `ENOSPC`, `EINTR`, …
    case error(Int32)
    /// A write that takes a part only; other calls are as usual.
    case short
    /// The power goes in the middle of it: this call and all after it fail, until `SimulatedDisk.restart`.
    case powerCut
}

/// Which calls fail: the n-th, all from the n-th on, or some by chance.
package struct FaultPlan: Hashable, Sendable {
    /// The call of this number, counted from 1 over all kinds since the plan was made.
    package var call: Int?
    package var fault = DiskFault.error(EIO)
    /// That one and all after it.
    package var isLasting = false
    /// Of a million calls of this kind so many meet the fault.
    package var rates: [DiskCall: UInt64] = [:]

    package init() {}

    /// One call fails, or that one and all after it.
    package static func failing(call: Int, with fault: DiskFault, isLasting: Bool = false) -> FaultPlan {
        var plan = FaultPlan()
        plan.call = call
        plan.fault = fault
        plan.isLasting = isLasting
        return plan
    }

    /// What meets the call of this number and kind.
    func due(_ call: DiskCall, number: Int, _ chance: inout SmallGenerator) -> DiskFault? {
        if let planned = self.call, planned == number || isLasting && number > planned { return fault }
        guard let rate = rates[call], chance.next() % 1_000_000 < rate else { return nil }
        return fault
    }
}
