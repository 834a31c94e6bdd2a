/* Stands between a program and the C library: records, fails, or ends at calls that touch files below one folder.
 *
 * Loaded with LD_PRELOAD; does nothing until fault_watch() is called. SQLite and Python both go through these functions.
 * A call is counted, then failed or ended by SIGKILL when its number comes up, and recorded once it has succeeded.
 * The record is a text head "KIND FD OFFSET LENGTH LENGTH\n" and two byte strings of these lengths. See shim.py.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_FILES 4096
#define KILL -1

static char root[PATH_MAX];
static size_t root_length;
static int log_file = -1;
static long calls, changes; /* all counted calls, and those that change something on the disk */
static long fatal;          /* the number of the call that fails; 0: none */
static int failure;         /* its errno, or KILL */
static int is_sticky;       /* whether all after it fail too */
static unsigned char watched[MOST_FILES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Found at the first use: other libraries may open files before this one is set up. */
static void *find(void **place, const char *name)
{
    if (!*place)
        *place = dlsym(RTLD_NEXT, name);
    return *place;
}

#define REAL(name) ({ static void *place; (__typeof__(name) *)find(&place, #name); })

/* ---- what the bench asks for ---- */

void fault_watch(const char *folder, const char *log)
{
    root_length = strlen(folder);
    memcpy(root, folder, root_length + 1);
    log_file = log ? REAL(openat)(AT_FDCWD, log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
}

void fault_arm(long at, int error, int sticky)
{
    calls = changes = 0;
    fatal = at;
    failure = error;
    is_sticky = sticky;
}

long fault_count(int only_changes) { return only_changes ? changes : calls; }

/* ---- what every call does ---- */

static void put(const void *bytes, size_t length)
{
    while (length) {
        ssize_t written = REAL(write)(log_file, bytes, length);
        if (written <= 0)
            return;
        bytes = (const char *)bytes + written;
        length -= (size_t)written;
    }
}

static void record(char kind, int file, long long offset, const void *first, size_t length, const char *second)
{
    char head[96];
    size_t more = second ? strlen(second) : 0;
    if (log_file < 0)
        return;
    put(head, (size_t)snprintf(head, sizeof head, "%c %d %lld %zu %zu\n", kind, file, offset, length, more));
    put(first, length);
    put(second, more);
}

void fault_mark(const char *text)
{
    pthread_mutex_lock(&lock);
    record('m', 0, 0, text, strlen(text), NULL);
    pthread_mutex_unlock(&lock);
}

/* Whether the call whose turn it is has to fail; KILL when it has to be the last. */
static int fails(int is_change)
{
    long number = (calls++, changes += is_change, failure == KILL ? changes : calls);
    if (!fatal || number < fatal || (failure == KILL && !is_change) || (number > fatal && !is_sticky))
        return 0;
    return failure;
}

static int is_watched(int file) { return root_length && file >= 0 && file < MOST_FILES && watched[file]; }

/* The absolute path; whether it is below the watched folder. */
static int is_below(int folder, const char *path, char *whole)
{
    if (!root_length || !path)
        return 0;
    if (path[0] == '/') {
        snprintf(whole, PATH_MAX, "%s", path);
    } else {
        char link[64], base[PATH_MAX];
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t length = readlink(folder == AT_FDCWD ? "/proc/self/cwd" : link, base, sizeof base - 1);
        if (length < 0)
            return 0;
        base[length] = 0;
        if (snprintf(whole, PATH_MAX, "%s/%s", base, path) >= PATH_MAX)
            return 0;
    }
    return !strncmp(whole, root, root_length) && (!whole[root_length] || whole[root_length] == '/');
}

/* Counts a call, does `act` and `note` unless it has to fail; for use where `result` is an int or ssize_t. */
#define CALL(type, is_change, before_end, act, note)  \
    do {                                              \
        pthread_mutex_lock(&lock);                    \
        int error = fails(is_change);                 \
        if (error == KILL) {                          \
            before_end;                               \
            raise(SIGKILL);                           \
        }                                             \
        type result = -1;                             \
        if (!error) {                                 \
            result = act;                             \
            error = errno;                            \
            if (result >= 0) {                        \
                note;                                 \
            }                                         \
        }                                             \
        pthread_mutex_unlock(&lock);                  \
        errno = error;                                \
        return result;                                \
    } while (0)

/* ---- opening and closing ---- */

static int open_file(int folder, const char *path, int flags, mode_t mode)
{
    char whole[PATH_MAX];
    if (!is_below(folder, path, whole)) {
        int file = REAL(openat)(folder, path, flags, mode);
        if (file >= 0 && file < MOST_FILES)
            watched[file] = 0;
        return file;
    }
    struct stat status;
    int is_new = (flags & O_CREAT) && stat(whole, &status);
    int is_cut = (flags & O_TRUNC) != 0;
    CALL(int, is_new || is_cut, (void)0, REAL(openat)(folder, path, flags, mode), {
        if (result < MOST_FILES)
            watched[result] = 1;
        record('o', result, is_new + 2 * is_cut, whole, strlen(whole), NULL);
    });
}

#define MODE(flags)                              \
    mode_t mode = 0;                             \
    if ((flags) & (O_CREAT | O_TMPFILE)) {       \
        va_list rest;                            \
        va_start(rest, flags);                   \
        mode = va_arg(rest, mode_t);             \
        va_end(rest);                            \
    }

int open(const char *path, int flags, ...) { MODE(flags) return open_file(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return open_file(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE(flags) return open_file(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE(flags) return open_file(folder, path, flags, mode); }

int close(int file)
{
    if (file >= 0 && file < MOST_FILES)
        watched[file] = 0;
    return REAL(close)(file);
}

/* ---- content ---- */

ssize_t read(int file, void *bytes, size_t length)
{
    if (!is_watched(file))
        return REAL(read)(file, bytes, length);
    CALL(ssize_t, 0, (void)0, REAL(read)(file, bytes, length), (void)0);
}

ssize_t pread(int file, void *bytes, size_t length, off_t offset)
{
    if (!is_watched(file))
        return REAL(pread)(file, bytes, length, offset);
    CALL(ssize_t, 0, (void)0, REAL(pread)(file, bytes, length, offset), (void)0);
}

ssize_t pread64(int file, void *bytes, size_t length, off_t offset) { return pread(file, bytes, length, offset); }

/* A write that is the last one of a killed process reaches the file by half. */
ssize_t write(int file, const void *bytes, size_t length)
{
    if (!is_watched(file))
        return REAL(write)(file, bytes, length);
    off_t offset = lseek(file, 0, fcntl(file, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
    CALL(ssize_t, 1, (void)!REAL(write)(file, bytes, length / 2), REAL(write)(file, bytes, length),
         record('w', file, offset, bytes, (size_t)result, NULL));
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset)
{
    if (!is_watched(file))
        return REAL(pwrite)(file, bytes, length, offset);
    CALL(ssize_t, 1, (void)!REAL(pwrite)(file, bytes, length / 2, offset), REAL(pwrite)(file, bytes, length, offset),
         record('w', file, offset, bytes, (size_t)result, NULL));
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off_t offset)
{
    return pwrite(file, bytes, length, offset);
}

int ftruncate(int file, off_t size)
{
    if (!is_watched(file))
        return REAL(ftruncate)(file, size);
    CALL(int, 1, (void)0, REAL(ftruncate)(file, size), record('t', file, size, NULL, 0, NULL));
}

int ftruncate64(int file, off_t size) { return ftruncate(file, size); }

int fsync(int file)
{
    if (!is_watched(file))
        return REAL(fsync)(file);
    CALL(int, 1, (void)0, REAL(fsync)(file), record('s', file, 0, NULL, 0, NULL));
}

int fdatasync(int file)
{
    if (!is_watched(file))
        return REAL(fdatasync)(file);
    CALL(int, 1, (void)0, REAL(fdatasync)(file), record('s', file, 0, NULL, 0, NULL));
}

/* ---- names ---- */

int renameat(int from, const char *old, int to, const char *new)
{
    char source[PATH_MAX], target[PATH_MAX];
    if (!is_below(from, old, source) || !is_below(to, new, target))
        return REAL(renameat)(from, old, to, new);
    CALL(int, 1, (void)0, REAL(renameat)(from, old, to, new), record('r', 0, 0, source, strlen(source), target));
}

int rename(const char *old, const char *new) { return renameat(AT_FDCWD, old, AT_FDCWD, new); }

int linkat(int from, const char *old, int to, const char *new, int flags)
{
    char source[PATH_MAX], target[PATH_MAX];
    if (!is_below(from, old, source) || !is_below(to, new, target))
        return REAL(linkat)(from, old, to, new, flags);
    CALL(int, 1, (void)0, REAL(linkat)(from, old, to, new, flags), record('l', 0, 0, source, strlen(source), target));
}

int link(const char *old, const char *new) { return linkat(AT_FDCWD, old, AT_FDCWD, new, 0); }

int unlinkat(int folder, const char *path, int flags)
{
    char whole[PATH_MAX];
    if (!is_below(folder, path, whole))
        return REAL(unlinkat)(folder, path, flags);
    CALL(int, 1, (void)0, REAL(unlinkat)(folder, path, flags), record('u', 0, 0, whole, strlen(whole), NULL));
}

int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int folder, const char *path, mode_t mode)
{
    char whole[PATH_MAX];
    if (!is_below(folder, path, whole))
        return REAL(mkdirat)(folder, path, mode);
    CALL(int, 1, (void)0, REAL(mkdirat)(folder, path, mode), record('d', 0, 0, whole, strlen(whole), NULL));
}

int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }
