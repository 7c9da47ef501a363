/* A disk that forgets what was not synced: loaded before the C library, it keeps a journal of every change of the
 * files below one folder, so that a drill can take back, after a kill, whatever no fsync had covered.
 *
 * It can also make syncs slow, and refuse every change as a disk does that was mounted to be read only.
 *
 * For drills only. It must not know what the files say. Start at `change` and `synced`; the reader of the journal is
 * drills/src/journal.rs, and the two must agree on `struct event`.
 *
 * Environment: SHIM_WATCH (folder), SHIM_TRASH (folder on the same file system, outside of it), SHIM_JOURNAL and
 * SHIM_CONTROL (files that outlive the process), SHIM_ACK (set where file descriptor 1 tells acknowledgements).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum kind { CREATE = 1, WRITE, TRUNCATE, RENAME, UNLINK, SYNC_BEGIN, SYNC_END, ACK };

/* Shared by every process of a drill, and written by the drill from outside: `frozen` is the moment of the power cut. */
struct control {
    volatile int lock;
    volatile uint32_t frozen;
    volatile uint32_t delay_ms;
    volatile uint32_t read_only;
    volatile uint64_t sequence;
};

/* One line of the journal, followed by path, second path, old bytes and new bytes. */
struct event {
    uint32_t magic, kind;
    uint64_t sequence, inode, folder, offset, old_length;
    uint32_t path, second, old_bytes, new_bytes;
};

#define MAGIC 0x4d494853u

static struct control *control;
static int journal = -1;
static char watch[PATH_MAX], trash[PATH_MAX];
static size_t watch_length;
static int acknowledges;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) { abort(); }
    return found;
}

static __typeof__(&write) real_write;
static __typeof__(&pwrite) real_pwrite;
static __typeof__(&fsync) real_fsync, real_fdatasync;
static __typeof__(&open) real_open;

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("SHIM_WATCH"), *file = getenv("SHIM_JOURNAL"), *shared = getenv("SHIM_CONTROL");
    real_write = REAL(write);
    real_pwrite = REAL(pwrite);
    real_fsync = REAL(fsync);
    real_fdatasync = REAL(fdatasync);
    real_open = REAL(open);
    if (!folder || !file || !shared || !getenv("SHIM_TRASH")) { return; }
    snprintf(watch, sizeof watch, "%s", folder);
    snprintf(trash, sizeof trash, "%s", getenv("SHIM_TRASH"));
    watch_length = strlen(watch);
    acknowledges = getenv("SHIM_ACK") != NULL;
    /* High numbers, out of the way of a program that counts on low ones. */
    int opened = real_open(file, O_WRONLY | O_APPEND | O_CLOEXEC);
    int control_file = real_open(shared, O_RDWR | O_CLOEXEC);
    if (opened < 0 || control_file < 0) { abort(); }
    journal = fcntl(opened, F_DUPFD_CLOEXEC, 700);
    void *mapped = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, control_file, 0);
    if (journal < 0 || mapped == MAP_FAILED) { abort(); }
    close(opened);
    close(control_file);
    control = mapped;
}

/* After the power cut nothing reaches the disk: whoever tries is gone. */
static void die_if_frozen(void) {
    if (control->frozen) {
        kill(getpid(), SIGKILL);
        for (;;) { pause(); }
    }
}

static void lock(void) {
    while (__sync_lock_test_and_set(&control->lock, 1)) {
        die_if_frozen();
        sched_yield();
    }
    die_if_frozen();
}

/* 1 where the disk takes no changes; `errno` says so. */
static int refuses(void) {
    if (control->read_only) { errno = EROFS; }
    return control->read_only != 0;
}

static void unlock(void) { __sync_lock_release(&control->lock); }

/* With the lock held. The journal is written before the change is passed on. */
static void note(struct event *event, const char *path, const char *second, const void *old, const void *new) {
    event->magic = MAGIC;
    event->sequence = ++control->sequence;
    event->path = path ? strlen(path) : 0;
    event->second = second ? strlen(second) : 0;
    struct iovec parts[5] = {
        { event, sizeof *event },
        { (void *)path, event->path },
        { (void *)second, event->second },
        { (void *)old, event->old_bytes },
        { (void *)new, event->new_bytes },
    };
    size_t whole = 0;
    for (int i = 0; i < 5; i++) { whole += parts[i].iov_len; }
    static __typeof__(&writev) put;
    if (!put) { put = REAL(writev); }
    if (put(journal, parts, 5) != (ssize_t)whole) { abort(); }
}

static int below(const char *path) {
    return strncmp(path, watch, watch_length) == 0 && path[watch_length] == '/';
}

/* The path as it stands, without following the last part. 1 where it lies below the watched folder. */
static int watched_path(int folder, const char *path, char *whole) {
    if (!control) { return 0; }
    char from[PATH_MAX];
    if (path[0] == '/') {
        snprintf(whole, PATH_MAX, "%s", path);
    } else if (folder == AT_FDCWD) {
        if (!getcwd(from, sizeof from)) { return 0; }
        if (snprintf(whole, PATH_MAX, "%s/%s", from, path) >= PATH_MAX) { return 0; }
    } else {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t length = readlink(link, from, sizeof from - 1);
        if (length < 0) { return 0; }
        from[length] = 0;
        if (snprintf(whole, PATH_MAX, "%s/%s", from, path) >= PATH_MAX) { return 0; }
    }
    return below(whole);
}

/* 1 where the descriptor is a file or a folder below the watched one, or that folder itself. */
static int watched(int fd, struct stat *stat, char *path) {
    if (!control || fstat(fd, stat) != 0 || !(S_ISREG(stat->st_mode) || S_ISDIR(stat->st_mode))) { return 0; }
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) { return 0; }
    path[length] = 0;
    return below(path) || strcmp(path, watch) == 0;
}

static uint64_t inode_of(const char *path) {
    struct stat stat;
    return lstat(path, &stat) == 0 ? stat.st_ino : 0;
}

static uint64_t folder_of(const char *path) {
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (!slash) { return 0; }
    *slash = 0;
    return inode_of(folder);
}

/* What a range of a file holds now; `length` becomes what there is. Opened anew: the descriptor may only write. */
static char *held(const char *source, off_t offset, size_t *length, off_t end) {
    size_t there = offset >= end ? 0 : (size_t)(end - offset);
    if (*length > there) { *length = there; }
    if (*length == 0) { return NULL; }
    char *bytes = malloc(*length);
    int fd = real_open(source, O_RDONLY | O_CLOEXEC);
    if (!bytes || fd < 0) { abort(); }
    for (size_t done = 0; done < *length;) {
        ssize_t got = pread(fd, bytes + done, *length - done, offset + (off_t)done);
        if (got <= 0) { abort(); }
        done += (size_t)got;
    }
    close(fd);
    return bytes;
}

/* With the lock held: notes that a range of a file changes. `fd` is -1 for a file that is not open yet. */
static void change(enum kind kind, int fd, const struct stat *stat, const char *path, off_t offset, const void *new, size_t length) {
    size_t old_bytes = kind == TRUNCATE ? (size_t)SSIZE_MAX : length;
    char source[PATH_MAX];
    if (fd < 0) {
        snprintf(source, sizeof source, "%s", path);
    } else {
        snprintf(source, sizeof source, "/proc/self/fd/%d", fd);
    }
    char *old = held(source, offset, &old_bytes, stat->st_size);
    struct event event = { .kind = kind, .inode = stat->st_ino, .offset = (uint64_t)offset,
                           .old_length = (uint64_t)stat->st_size, .old_bytes = (uint32_t)old_bytes,
                           .new_bytes = (uint32_t)length };
    note(&event, path, NULL, old, new);
    free(old);
}

static int is_scratch(const char *path) {
    size_t length = strlen(path);
    return length > 4 && strcmp(path + length - 4, "-shm") == 0;
}

static void acknowledge(const void *bytes, size_t length) {
    while (__sync_lock_test_and_set(&control->lock, 1)) {
        if (control->frozen) { return; }
        sched_yield();
    }
    struct event event = { .kind = ACK, .new_bytes = (uint32_t)length };
    note(&event, NULL, NULL, NULL, bytes);
    unlock();
}

ssize_t write(int fd, const void *bytes, size_t length) {
    struct stat stat;
    char path[PATH_MAX];
    if (!real_write) { real_write = REAL(write); }
    if (fd == 1 && acknowledges && control) { acknowledge(bytes, length); }
    if (!watched(fd, &stat, path) || is_scratch(path)) { return real_write(fd, bytes, length); }
    if (refuses()) { return -1; }
    lock();
    fstat(fd, &stat);
    int flags = fcntl(fd, F_GETFL);
    change(WRITE, fd, &stat, path, flags & O_APPEND ? stat.st_size : lseek(fd, 0, SEEK_CUR), bytes, length);
    ssize_t done = real_write(fd, bytes, length);
    int error = errno;
    unlock();
    errno = error;
    return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
    struct stat stat;
    char path[PATH_MAX];
    if (!real_pwrite) { real_pwrite = REAL(pwrite); }
    if (!watched(fd, &stat, path) || is_scratch(path)) { return real_pwrite(fd, bytes, length, offset); }
    if (refuses()) { return -1; }
    lock();
    fstat(fd, &stat);
    change(WRITE, fd, &stat, path, offset, bytes, length);
    ssize_t done = real_pwrite(fd, bytes, length, offset);
    int error = errno;
    unlock();
    errno = error;
    return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) { return pwrite(fd, bytes, length, offset); }

/* As many single writes; a short one ends it, which every caller must expect. */
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
    ssize_t all = 0;
    for (int i = 0; i < count; i++) {
        ssize_t done = pwrite(fd, parts[i].iov_base, parts[i].iov_len, offset + all);
        if (done < 0) { return all > 0 ? all : -1; }
        all += done;
        if ((size_t)done < parts[i].iov_len) { break; }
    }
    return all;
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
    return pwritev(fd, parts, count, offset);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    struct stat stat;
    char path[PATH_MAX];
    if (!watched(fd, &stat, path)) {
        static __typeof__(&writev) put;
        if (!put) { put = REAL(writev); }
        return put(fd, parts, count);
    }
    ssize_t all = 0;
    for (int i = 0; i < count; i++) {
        ssize_t done = write(fd, parts[i].iov_base, parts[i].iov_len);
        if (done < 0) { return all > 0 ? all : -1; }
        all += done;
        if ((size_t)done < parts[i].iov_len) { break; }
    }
    return all;
}

int ftruncate(int fd, off_t length) {
    struct stat stat;
    char path[PATH_MAX];
    static __typeof__(&ftruncate) cut;
    if (!cut) { cut = REAL(ftruncate); }
    if (!watched(fd, &stat, path) || is_scratch(path)) { return cut(fd, length); }
    if (refuses()) { return -1; }
    lock();
    fstat(fd, &stat);
    change(TRUNCATE, fd, &stat, path, length, NULL, 0);
    int done = cut(fd, length);
    int error = errno;
    unlock();
    errno = error;
    return done;
}

int ftruncate64(int fd, off64_t length) { return ftruncate(fd, length); }

int fallocate(int fd, int mode, off_t offset, off_t length) {
    struct stat stat;
    char path[PATH_MAX];
    static __typeof__(&fallocate) take;
    if (!take) { take = REAL(fallocate); }
    if (!watched(fd, &stat, path) || is_scratch(path)) { return take(fd, mode, offset, length); }
    /* Only growing is known here; the callers fall back to writing zeros. */
    (void)offset; (void)length;
    errno = EOPNOTSUPP;
    return -1;
}

int fallocate64(int fd, int mode, off64_t offset, off64_t length) { return fallocate(fd, mode, offset, length); }

/* What was noted before it began is safe once it has ended well; what came while it ran is not. */
static int synced(int fd, __typeof__(&fsync) pass_on) {
    struct stat stat;
    char path[PATH_MAX];
    if (!watched(fd, &stat, path)) { return pass_on(fd); }
    lock();
    struct event began = { .kind = SYNC_BEGIN, .inode = stat.st_ino };
    note(&began, path, NULL, NULL, NULL);
    uint64_t covered = began.sequence;
    uint32_t delay = control->delay_ms;
    unlock();
    if (delay) {
        struct timespec wait = { delay / 1000, (long)(delay % 1000) * 1000000 };
        nanosleep(&wait, NULL);
    }
    int done = pass_on(fd);
    int error = errno;
    if (done == 0) {
        lock();
        struct event ended = { .kind = SYNC_END, .inode = stat.st_ino, .offset = covered };
        note(&ended, path, NULL, NULL, NULL);
        unlock();
    }
    errno = error;
    return done;
}

int fsync(int fd) {
    if (!real_fsync) { real_fsync = REAL(fsync); }
    return synced(fd, real_fsync);
}

int fdatasync(int fd) {
    if (!real_fdatasync) { real_fdatasync = REAL(fdatasync); }
    return synced(fd, real_fdatasync);
}

static int opening(int folder, const char *path, int flags, mode_t mode) {
    char whole[PATH_MAX];
    static __typeof__(&openat) open_at;
    if (!open_at) { open_at = REAL(openat); }
    if (control && control->read_only && (flags & O_ACCMODE) != O_RDONLY && watched_path(folder, path, whole)) {
        errno = EROFS;
        return -1;
    }
    if (!(flags & (O_CREAT | O_TRUNC)) || (flags & O_TMPFILE) == O_TMPFILE || !watched_path(folder, path, whole)
        || is_scratch(whole)) {
        return open_at(folder, path, flags, mode);
    }
    struct stat stat;
    int there = lstat(whole, &stat) == 0;
    if ((!there || flags & O_TRUNC) && refuses()) { return -1; }
    lock();
    there = lstat(whole, &stat) == 0;
    if (there && flags & O_TRUNC && S_ISREG(stat.st_mode) && stat.st_size > 0) {
        change(TRUNCATE, -1, &stat, whole, 0, NULL, 0);
    }
    int fd = open_at(folder, path, flags, mode);
    int error = errno;
    if (!there && fd >= 0 && fstat(fd, &stat) == 0) {
        struct event event = { .kind = CREATE, .inode = stat.st_ino, .folder = folder_of(whole) };
        note(&event, whole, NULL, NULL, NULL);
    }
    unlock();
    errno = error;
    return fd;
}

#define WITH_MODE(flags, last) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, last); mode = va_arg(more, mode_t); va_end(more); }

int open(const char *path, int flags, ...) { WITH_MODE(flags, flags) return opening(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { WITH_MODE(flags, flags) return opening(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int folder, const char *path, int flags, ...) { WITH_MODE(flags, flags) return opening(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { WITH_MODE(flags, flags) return opening(folder, path, flags | O_LARGEFILE, mode); }
int creat(const char *path, mode_t mode) { return opening(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
/* What a compiler puts in the place of `open` where it checks more. */
int __open_2(const char *path, int flags) { return opening(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return opening(AT_FDCWD, path, flags | O_LARGEFILE, 0); }

/* Keeps a file that is about to lose its name, under a name of its own outside the watched folder. */
static void keep(const char *path, char *kept) {
    snprintf(kept, PATH_MAX, "%.4000s/%llu", trash, (unsigned long long)control->sequence + 1);
    static __typeof__(&link) make;
    if (!make) { make = REAL(link); }
    if (make(path, kept) != 0) { abort(); }
}

static int losing(int folder, const char *path, int flags) {
    char whole[PATH_MAX], kept[PATH_MAX];
    static __typeof__(&unlinkat) lose;
    if (!lose) { lose = REAL(unlinkat); }
    if (flags & AT_REMOVEDIR || !watched_path(folder, path, whole) || is_scratch(whole)) { return lose(folder, path, flags); }
    if (refuses()) { return -1; }
    lock();
    uint64_t inode = inode_of(whole);
    struct event event = { .kind = UNLINK, .inode = inode, .folder = folder_of(whole) };
    if (inode) {
        keep(whole, kept);
        note(&event, whole, kept, NULL, NULL);
    }
    int done = lose(folder, path, flags);
    int error = errno;
    unlock();
    errno = error;
    return done;
}

int unlink(const char *path) { return losing(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char *path, int flags) { return losing(folder, path, flags); }

int rename(const char *from, const char *to) {
    char old[PATH_MAX], new[PATH_MAX], kept[PATH_MAX];
    static __typeof__(&rename) move;
    if (!move) { move = REAL(rename); }
    if (!watched_path(AT_FDCWD, from, old) || !watched_path(AT_FDCWD, to, new)) { return move(from, to); }
    if (refuses()) { return -1; }
    lock();
    if (inode_of(new)) {
        keep(new, kept);
        struct event lost = { .kind = UNLINK, .inode = inode_of(new), .folder = folder_of(new) };
        note(&lost, new, kept, NULL, NULL);
    }
    struct event event = { .kind = RENAME, .inode = inode_of(old), .folder = folder_of(new) };
    note(&event, old, new, NULL, NULL);
    int done = move(from, to);
    int error = errno;
    unlock();
    errno = error;
    return done;
}

int link(const char *from, const char *to) {
    char old[PATH_MAX], new[PATH_MAX];
    static __typeof__(&link) make;
    if (!make) { make = REAL(link); }
    if (!watched_path(AT_FDCWD, from, old) || !watched_path(AT_FDCWD, to, new)) { return make(from, to); }
    lock();
    int done = make(from, to);
    int error = errno;
    if (done == 0) {
        struct event event = { .kind = CREATE, .inode = inode_of(new), .folder = folder_of(new) };
        note(&event, new, NULL, NULL, NULL);
    }
    unlock();
    errno = error;
    return done;
}
