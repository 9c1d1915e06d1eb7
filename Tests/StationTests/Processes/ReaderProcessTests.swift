import Lane
import Peripherals
import Testing

@testable import Station

extension ProcessTests {
    @Suite struct Reader {
        @Test func `nonsense on the line is an alarm, vehicles are recorded, and good frames end it`() throws {
            let site = try Site()
            try site.start()
            try site.awaitReading()
            site.reader.disturb(.babble(.minutes(1)))
            let reason = try site.awaitAlarm(.readerDown)
            #expect(reason == "faulty: bytes, but no frame; look at baud rate and wiring")
            try site.drive()
            try site.stop()
            try site.start()
            site.reader.disturb(.babble(.minutes(1)))
            try site.awaitAlarm(.readerDown)
            site.reader.disturb(.babble(.zero))
            try site.awaitReading()
            try site.awaitNo(.readerDown)
            try site.drive(tag: Site.tag)
            try site.finish()
        }

        @Test func `a port that is not there is tried until it is, also when it is unplugged later`() throws {
            let site = try Site()
            site.reader.unplug()
            try site.reader.settle()
            try site.start()
            #expect(try site.awaitAlarm(.readerDown).hasPrefix("port missing: open \(site.folder)/east: "))
            try site.drive()
            site.reader.plug()
            try site.awaitReading()
            try site.awaitNo(.readerDown)
            site.reader.unplug()
            try site.awaitAlarm(.readerDown, because: "port missing")
            try site.drive()
            try site.stop()
            try site.start()
            site.reader.plug()
            try site.awaitNo(.readerDown)
            try site.drive(tag: Site.tag)
            try site.finish()
        }
    }
}
