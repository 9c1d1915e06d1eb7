#define _GNU_SOURCE
#include "CLinux.h"
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

int bom_ppoll(struct pollfd *descriptors, nfds_t count, int64_t nanoseconds) {
    struct timespec wait = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    return ppoll(descriptors, count, nanoseconds < 0 ? 0 : &wait, 0);
}

int bom_tty_take(int descriptor) { return ioctl(descriptor, TIOCEXCL); }

int bom_tty_is_taken(int descriptor, int *is_taken) { return ioctl(descriptor, TIOCGEXCL, is_taken); }

int bom_pty_open(char *slave, size_t size) {
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (master < 0) return -1;
    if (grantpt(master) == 0 && unlockpt(master) == 0) {
        int failure = ptsname_r(master, slave, size);
        if (failure == 0) return master;
        errno = failure;
    }
    int failure = errno;
    close(master);
    errno = failure;
    return -1;
}

int bom_unread(int descriptor) {
    int count = 0;
    return ioctl(descriptor, FIONREAD, &count) == 0 ? count : 0;
}

int bom_is_pty(uint64_t device) {
    unsigned number = major(device);
    return number >= 136 && number <= 143;
}

static int bom_unix_address(const char *path, struct sockaddr_un *address) {
    size_t length = strlen(path);
    if (length >= sizeof address->sun_path) return errno = ENAMETOOLONG, -1;
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    memcpy(address->sun_path, path, length);
    return 0;
}

int bom_unix_connect(const char *path) {
    struct sockaddr_un address;
    if (bom_unix_address(path, &address) != 0) return -1;
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    if (connect(descriptor, (struct sockaddr *)&address, sizeof address) == 0) return descriptor;
    int failure = errno;
    close(descriptor);
    errno = failure;
    return -1;
}

int bom_unix_listen(const char *path, int backlog) {
    struct sockaddr_un address;
    if (bom_unix_address(path, &address) != 0) return -1;
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    if (bind(descriptor, (struct sockaddr *)&address, sizeof address) == 0 && listen(descriptor, backlog) == 0)
        return descriptor;
    int failure = errno;
    close(descriptor);
    errno = failure;
    return -1;
}

int bom_unix_tell(const char *path, const char *message) {
    struct sockaddr_un address;
    if (bom_unix_address(path, &address) != 0) return -1;
    if (path[0] == '@') address.sun_path[0] = 0;
    int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    // An abstract name is as long as it is said to be (unix(7)).
    socklen_t length = offsetof(struct sockaddr_un, sun_path) + strlen(path);
    ssize_t sent = sendto(descriptor, message, strlen(message), MSG_NOSIGNAL, (struct sockaddr *)&address, length);
    int failure = errno;
    close(descriptor);
    errno = failure;
    return sent < 0 ? -1 : 0;
}

int bom_accept(int listener) { return accept4(listener, 0, 0, SOCK_NONBLOCK | SOCK_CLOEXEC); }

int bom_clock_error(int64_t *microseconds) {
    struct timex state = {.modes = 0};
    int answer = adjtimex(&state);
    if (answer < 0) return -1;
    *microseconds = state.maxerror;
    return answer == TIME_ERROR || (state.status & STA_UNSYNC) != 0 ? 0 : 1;
}

void bom_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

// The thread sanitizer takes a thread for alive that was joined by pthread_clockjoin_np, and ends when its number is used again.
#if __has_feature(thread_sanitizer)
#define JOIN_CLOCK CLOCK_REALTIME
#define JOIN_UNTIL(thread, until) pthread_timedjoin_np(thread, 0, until)
#else
#define JOIN_CLOCK CLOCK_MONOTONIC
#define JOIN_UNTIL(thread, until) pthread_clockjoin_np(thread, 0, CLOCK_MONOTONIC, until)
#endif

int bom_join_within(pthread_t thread, int64_t nanoseconds) {
    struct timespec until;
    clock_gettime(JOIN_CLOCK, &until);
    int64_t end = until.tv_nsec + nanoseconds;
    until.tv_sec += end / 1000000000;
    until.tv_nsec = end % 1000000000;
    return JOIN_UNTIL(thread, &until);
}

int bom_schedule_first(int priority) {
    struct sched_param parameter = {.sched_priority = priority};
    return sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &parameter);
}

int bom_schedule_after(int nice, int as_batch) {
    struct sched_param parameter = {.sched_priority = 0};
    /* On Linux each thread has a nice value of its own; 0 is the calling one. */
    if (setpriority(PRIO_PROCESS, 0, nice) != 0) return -1;
    return as_batch ? sched_setscheduler(0, SCHED_BATCH, &parameter) : 0;
}

void bom_return_freed(void) { malloc_trim(0); }
