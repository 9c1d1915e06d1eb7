// What `import Glibc` does not show to Swift: functions behind _GNU_SOURCE, and Linux-only calls.
#pragma once
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/// `ppoll` with a time-out in nanoseconds; a negative one waits for ever. `poll` alone rounds to a millisecond.
int bom_ppoll(struct pollfd *descriptors, nfds_t count, int64_t nanoseconds);
