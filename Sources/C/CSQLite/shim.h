#pragma once
#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast macro, which Swift cannot import: SQLite copies the bytes before these return.
// A blob of no bytes must have an address, or it would be bound as NULL.
static inline int bom_bind_blob(sqlite3_stmt *statement, int place, const void *bytes, int count) {
    return sqlite3_bind_blob(statement, place, count > 0 ? bytes : "", count, SQLITE_TRANSIENT);
}

static inline int bom_bind_text(sqlite3_stmt *statement, int place, const char *bytes, int count) {
    return sqlite3_bind_text(statement, place, count > 0 ? bytes : "", count, SQLITE_TRANSIENT);
}

// SQLite calls the hook after each commit with the pages in its log, and then makes no checkpoints of its own.
static int bom_note_log_pages(void *count, sqlite3 *connection, const char *name, int pages) {
    (void)connection, (void)name;
    *(int *)count = pages;
    return SQLITE_OK;
}

// The last connection that closes leaves the log as it is. A variadic call, which Swift cannot make.
static inline int bom_keep_log(sqlite3 *connection) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

static inline void bom_watch_log(sqlite3 *connection, int *count) {
    sqlite3_wal_hook(connection, count ? bom_note_log_pages : 0, count);
}
