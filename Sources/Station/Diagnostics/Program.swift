/// The programs' common version, as `--version`, `start` records and `status` show it.
package enum Program {
    package static let version = "0.1.0"
}
