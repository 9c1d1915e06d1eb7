// What `import Glibc` does not show to Swift: functions behind _GNU_SOURCE, variadic calls, and Linux-only calls.
#pragma once
// No _GNU_SOURCE here: with it `fd_set` differs from the one in Glibc's module, and files that import both do not compile.
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/timex.h>
#include <sys/types.h>
#include <sys/un.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/// `ppoll` with a time-out in nanoseconds; a negative one waits for ever. `poll` alone rounds to a millisecond.
int bom_ppoll(struct pollfd *descriptors, nfds_t count, int64_t nanoseconds);

/// Keeps other programs from opening this terminal (TIOCEXCL). -1 with errno when it fails.
int bom_tty_take(int descriptor);

/// Whether a terminal is kept so (TIOCGEXCL). -1 with errno when it fails.
int bom_tty_is_taken(int descriptor, int *is_taken);

/// Opens a new pseudo-terminal, non-blocking: the master's descriptor, and the slave's path. -1 with errno when it fails.
int bom_pty_open(char *slave, size_t size);

/// How many bytes wait to be read from a terminal or socket (FIONREAD).
int bom_unread(int descriptor);

/// Whether a device number (`st_rdev`) is the slave of a pseudo-terminal: majors 136 to 143.
int bom_is_pty(uint64_t device);

/// A connected non-blocking Unix stream socket. -1 with errno when it fails; EAGAIN when the listener's queue is full.
int bom_unix_connect(const char *path);

/// A listening non-blocking Unix stream socket. -1 with errno when it fails.
int bom_unix_listen(const char *path, int backlog);

/// The next connection, non-blocking. -1 with errno when there is none (EAGAIN) or it fails.
int bom_accept(int listener);

/// Sends one datagram to a Unix socket and does not wait: a path, or an abstract name behind '@'. -1 with errno when it fails.
int bom_unix_tell(const char *address, const char *message);

/// 1 when the kernel's clock is synchronised, 0 when nobody vouches for it, -1 with errno; and its greatest error.
int bom_clock_error(int64_t *microseconds);

/// Names the calling thread, at most 15 characters, for `top -H`; `pthread_setname_np` is behind _GNU_SOURCE.
void bom_name_thread(const char *name);

/// Runs the calling thread before all that is not urgent (SCHED_FIFO), and none that it starts. -1 with errno when the system refuses.
int bom_schedule_first(int priority);

/// Runs the calling thread after others: its nice value, and as a batch job (SCHED_BATCH) if asked for. -1 with errno.
int bom_schedule_after(int nice, int as_batch);

/// Waits for a thread's end by the monotonic clock; 0 when it has ended, else an errno: `pthread_clockjoin_np` is behind _GNU_SOURCE.
int bom_join_within(pthread_t thread, int64_t nanoseconds);

/* Asks for the cache line at an address, without waiting for it; an address that is not there is no fault. */
static inline void bom_prefetch(uintptr_t address) { __builtin_prefetch((const void *)address, 0, 3); }

/* What was freed goes back to the system. */
void bom_return_freed(void);

/// How many mapped files are watched at a time: a list may come in a thousand parts.
#define BOM_MAPPED_FILES 2048

/// From now on a page of this mapping that cannot be read holds zeros where it would be SIGBUS: a disk that fails, a file that was cut.
/// The place by which to ask and to end; -1 with errno when there is none left.
int bom_watch_mapped(const void *start, size_t length);

/// Ends that; before the mapping is undone.
void bom_unwatch_mapped(int place);

/// 1 when a page of the mapping could not be read, else 0. It stays 1.
int bom_mapped_is_unreadable(int place);
