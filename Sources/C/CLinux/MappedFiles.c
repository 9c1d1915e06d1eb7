#define _GNU_SOURCE
#include "CLinux.h"
#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>

/* A page of a mapped file that the disk does not give, or that the file does not have any more, is SIGBUS where it is touched. For the files
   in this table zeros stand in its place from then on, and the file is marked. For everything else SIGBUS is what it was. */
struct watched {
    _Atomic int is_taken;
    /* 0: nothing is watched here. Written last, and first. */
    _Atomic uintptr_t start;
    _Atomic size_t length;
    _Atomic int is_unreadable;
};

static struct watched table[BOM_MAPPED_FILES];
static uintptr_t page_bytes;
static struct sigaction before;
static int installed = -1;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static struct watched *watched_at(uintptr_t address) {
    for (int place = 0; place < BOM_MAPPED_FILES; place++) {
        uintptr_t start = atomic_load(&table[place].start);
        if (start == 0 || address < start || address - start >= atomic_load(&table[place].length)) continue;
        /* Between the two the place may have gone to another file. */
        if (atomic_load(&table[place].start) == start) return &table[place];
    }
    return 0;
}

/* Calls nothing but mmap, sigaction and raise: the first is a bare system call on Linux, the others POSIX allows here. */
static void take_bus_error(int number, siginfo_t *info, void *context) {
    (void)context;
    int kept = errno;
    /* Above 0: the kernel's own word, with the address. What somebody sends has none. */
    struct watched *file = info->si_code > 0 ? watched_at((uintptr_t)info->si_addr) : 0;
    if (file) {
        /* The mark first: nobody reads a zero that was made here and finds no mark. */
        atomic_store(&file->is_unreadable, 1);
        void *page = (void *)((uintptr_t)info->si_addr & ~(page_bytes - 1));
        void *zeros = mmap(page, page_bytes, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
        if (zeros == page) {
            errno = kept;
            return;
        }
    }
    /* What touched the page touches it again, and comes to whoever had SIGBUS before. */
    sigaction(SIGBUS, &before, 0);
    if (info->si_code <= 0) raise(number);
    errno = kept;
}

static void install(void) {
    page_bytes = (uintptr_t)sysconf(_SC_PAGESIZE);
    struct sigaction action = {.sa_sigaction = take_bus_error, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    /* Known before anything can need it. */
    if (sigaction(SIGBUS, 0, &before) == 0) installed = sigaction(SIGBUS, &action, 0);
}

int bom_watch_mapped(const void *start, size_t length) {
    pthread_once(&once, install);
    if (installed != 0) return errno = ENOSYS, -1;
    for (int place = 0; place < BOM_MAPPED_FILES; place++) {
        int is_taken = 0;
        if (!atomic_compare_exchange_strong(&table[place].is_taken, &is_taken, 1)) continue;
        atomic_store(&table[place].is_unreadable, 0);
        atomic_store(&table[place].length, length);
        atomic_store(&table[place].start, (uintptr_t)start);
        return place;
    }
    return errno = EMFILE, -1;
}

void bom_unwatch_mapped(int place) {
    atomic_store(&table[place].start, 0);
    atomic_store(&table[place].is_taken, 0);
}

int bom_mapped_is_unreadable(int place) { return atomic_load(&table[place].is_unreadable); }
