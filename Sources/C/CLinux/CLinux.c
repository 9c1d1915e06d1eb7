#define _GNU_SOURCE
#include "CLinux.h"

int bom_ppoll(struct pollfd *descriptors, nfds_t count, int64_t nanoseconds) {
    struct timespec wait = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    return ppoll(descriptors, count, nanoseconds < 0 ? 0 : &wait, 0);
}
