import Testing

@testable import Storage

@Suite struct SourceFileTests {
    @Test func `a folder is no file to read, and says so when it is opened`() {
        var number: Int32 = 0
        do throws(FileError) { _ = try SourceFile("/tmp") } catch { number = error.number }
        // EISDIR
        #expect(number == 21)
    }

    @Test func `a file that is not there is none`() throws {
        #expect(try SourceFile("/tmp/there-is-no-such-file/at-all")?.size == nil)
    }
}
