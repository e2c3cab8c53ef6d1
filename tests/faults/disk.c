/* A disk that fails on command. Preloaded into a server (LD_PRELOAD) it looks at a control file before each write and
 * sync, so that a test can break the disk of one folder and mend it while the server runs.
 *
 *   SAMTYCKE_DISK_FAULT   the control file; it holds one line, "KIND PREFIX":
 *       full PREFIX       writes to files below PREFIX fail with ENOSPC
 *       broken PREFIX     writes and syncs below PREFIX fail with EIO
 *       unsynced PREFIX   syncs below PREFIX fail with EIO, writes succeed
 *       read-only PREFIX  writes below PREFIX fail with EROFS
 *       (empty)           nothing fails
 *   SAMTYCKE_DISK_SHADOW  "FROM TO": each synced file below FROM is copied to the same place below TO, so that TO holds
 *                         what a power failure would leave.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PATH_BYTES_MAX = 4096 };

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, PATH_BYTES_MAX - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    return 1;
}

/* The error of this operation on this file now; 0 if it shall succeed. */
static int fault(int fd, int is_sync) {
    const char *control = getenv("SAMTYCKE_DISK_FAULT");
    if (!control) return 0;
    int file = (int)syscall(SYS_openat, AT_FDCWD, control, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    char line[PATH_BYTES_MAX + 32];
    ssize_t n = syscall(SYS_read, file, line, sizeof line - 1);
    syscall(SYS_close, file);
    if (n <= 0) return 0;
    line[n] = 0;
    line[strcspn(line, "\n")] = 0;
    char *prefix = strchr(line, ' ');
    if (!prefix) return 0;
    *prefix++ = 0;
    char path[PATH_BYTES_MAX];
    if (!path_of(fd, path) || strncmp(path, prefix, strlen(prefix)) != 0) return 0;
    if (strcmp(line, "full") == 0) return is_sync ? 0 : ENOSPC;
    if (strcmp(line, "broken") == 0) return EIO;
    if (strcmp(line, "unsynced") == 0) return is_sync ? EIO : 0;
    if (strcmp(line, "read-only") == 0) return is_sync ? 0 : EROFS;
    return 0;
}

/* Keeps what a power failure after this sync would leave of the file. */
static void shadow(int fd) {
    const char *places = getenv("SAMTYCKE_DISK_SHADOW");
    char from[PATH_BYTES_MAX], path[PATH_BYTES_MAX], to[2 * PATH_BYTES_MAX], part[2 * PATH_BYTES_MAX + 32];
    if (!places) return;
    const char *space = strchr(places, ' ');
    if (!space || (size_t)(space - places) >= sizeof from) return;
    memcpy(from, places, (size_t)(space - places));
    from[space - places] = 0;
    size_t length = strlen(from);
    if (!path_of(fd, path) || strncmp(path, from, length) != 0) return;
    snprintf(to, sizeof to, "%s%s", space + 1, path + length);
    for (char *at = strchr(to + strlen(space + 1) + 1, '/'); at; at = strchr(at + 1, '/')) {
        *at = 0;
        mkdir(to, 0755);
        *at = '/';
    }
    struct stat kind;
    if (fstat(fd, &kind) != 0 || !S_ISREG(kind.st_mode)) return;
    snprintf(part, sizeof part, "%s.%ld.part", to, (long)syscall(SYS_gettid));
    int in = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    int out = (int)syscall(SYS_openat, AT_FDCWD, part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (in >= 0 && out >= 0) {
        static __thread char piece[65536];
        ssize_t n;
        while ((n = syscall(SYS_read, in, piece, sizeof piece)) > 0) syscall(SYS_write, out, piece, (size_t)n);
    }
    if (in >= 0) syscall(SYS_close, in);
    if (out >= 0) syscall(SYS_close, out);
    rename(part, to);
}


ssize_t write(int fd, const void *bytes, size_t count) {
    int error = fault(fd, 0);
    if (error) { errno = error; return -1; }
    return syscall(SYS_write, fd, bytes, count);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    int error = fault(fd, 0);
    if (error) { errno = error; return -1; }
    return syscall(SYS_pwrite64, fd, bytes, count, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return pwrite64(fd, bytes, count, at); }

int fsync(int fd) {
    int error = fault(fd, 1);
    if (error) { errno = error; return -1; }
    int done = (int)syscall(SYS_fsync, fd);
    if (done == 0) shadow(fd);
    return done;
}

int fdatasync(int fd) {
    int error = fault(fd, 1);
    if (error) { errno = error; return -1; }
    int done = (int)syscall(SYS_fdatasync, fd);
    if (done == 0) shadow(fd);
    return done;
}
