/* A disk that fails on command. Preloaded into a server (LD_PRELOAD) it looks at a control file before each write and
 * sync, so that a test can break the disk of one folder and mend it while the server runs.
 *
 *   SAMTYCKE_DISK_FAULT   the control file; it holds one line, "KIND PREFIX":
 *       full PREFIX       writes to files below PREFIX fail with ENOSPC
 *       broken PREFIX     writes and syncs below PREFIX fail with EIO
 *       unsynced PREFIX   syncs below PREFIX fail with EIO, writes succeed
 *       read-only PREFIX  writes below PREFIX fail with EROFS
 *       dropped PREFIX    syncs below PREFIX succeed and sync nothing, as on a disk that lies
 *       (empty)           nothing fails
 *   SAMTYCKE_DISK_SHADOW  "FROM TO": each synced file below FROM is copied to the same place below TO, and with a synced
 *                         folder the names in it, so that TO holds what a power failure would leave.
 *   SAMTYCKE_DISK_KILL    a file with the line "N PART": from when it is there, the Nth sync of a file or folder whose path
 *                         ends with PART kills the process (SIGKILL).
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PATH_BYTES_MAX = 4096, DROPPED = -1 };

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, PATH_BYTES_MAX - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    return 1;
}

/* Reads a file's first line; false if there is none. */
static int first_line(const char *path, char *line, size_t size) {
    int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t n = syscall(SYS_read, file, line, size - 1);
    syscall(SYS_close, file);
    if (n <= 0) return 0;
    line[n] = 0;
    line[strcspn(line, "\n")] = 0;
    return 1;
}

/* The error of this operation on this file now; 0 if it shall succeed, DROPPED if it shall only seem to. */
static int fault(int fd, int is_sync) {
    const char *control = getenv("SAMTYCKE_DISK_FAULT");
    if (!control) return 0;
    char line[PATH_BYTES_MAX + 32];
    if (!first_line(control, line, sizeof line)) return 0;
    char *prefix = strchr(line, ' ');
    if (!prefix) return 0;
    *prefix++ = 0;
    char path[PATH_BYTES_MAX];
    if (!path_of(fd, path) || strncmp(path, prefix, strlen(prefix)) != 0) return 0;
    if (strcmp(line, "full") == 0) return is_sync ? 0 : ENOSPC;
    if (strcmp(line, "broken") == 0) return EIO;
    if (strcmp(line, "unsynced") == 0) return is_sync ? EIO : 0;
    if (strcmp(line, "read-only") == 0) return is_sync ? 0 : EROFS;
    if (strcmp(line, "dropped") == 0) return is_sync ? DROPPED : 0;
    return 0;
}

static void make_folders(char *path, size_t from) {
    for (char *at = strchr(path + from, '/'); at; at = strchr(at + 1, '/')) {
        *at = 0;
        mkdir(path, 0755);
        *at = '/';
    }
}

static void copy(const char *path, const char *to) {
    static __thread char piece[65536];
    char part[2 * PATH_BYTES_MAX + 32];
    snprintf(part, sizeof part, "%s.%ld.part", to, (long)syscall(SYS_gettid));
    int in = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    int out = (int)syscall(SYS_openat, AT_FDCWD, part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (in >= 0 && out >= 0) {
        ssize_t n;
        while ((n = syscall(SYS_read, in, piece, sizeof piece)) > 0) syscall(SYS_write, out, piece, (size_t)n);
    }
    if (in >= 0) syscall(SYS_close, in);
    if (out >= 0) syscall(SYS_close, out);
    rename(part, to);
}

/* The names in a folder: what is there is copied, what is gone is removed. */
static void copy_names(const char *path, const char *to) {
    char from_file[2 * PATH_BYTES_MAX], to_file[3 * PATH_BYTES_MAX];
    struct dirent *entry;
    DIR *folder = opendir(path);
    if (!folder) return;
    mkdir(to, 0755);
    while ((entry = readdir(folder))) {
        struct stat kind;
        snprintf(from_file, sizeof from_file, "%s/%s", path, entry->d_name);
        snprintf(to_file, sizeof to_file, "%s/%s", to, entry->d_name);
        if (stat(from_file, &kind) == 0 && S_ISREG(kind.st_mode)) copy(from_file, to_file);
    }
    closedir(folder);
    folder = opendir(to);
    if (!folder) return;
    while ((entry = readdir(folder))) {
        struct stat kind;
        snprintf(from_file, sizeof from_file, "%s/%s", path, entry->d_name);
        snprintf(to_file, sizeof to_file, "%s/%s", to, entry->d_name);
        if (stat(to_file, &kind) == 0 && S_ISREG(kind.st_mode) && access(from_file, F_OK) != 0) unlink(to_file);
    }
    closedir(folder);
}

/* Keeps what a power failure after this sync would leave. */
static void shadow(int fd) {
    const char *places = getenv("SAMTYCKE_DISK_SHADOW");
    char from[PATH_BYTES_MAX], path[PATH_BYTES_MAX], to[2 * PATH_BYTES_MAX];
    struct stat kind;
    if (!places) return;
    const char *space = strchr(places, ' ');
    if (!space || (size_t)(space - places) >= sizeof from) return;
    memcpy(from, places, (size_t)(space - places));
    from[space - places] = 0;
    size_t length = strlen(from);
    if (!path_of(fd, path) || strncmp(path, from, length) != 0 || fstat(fd, &kind) != 0) return;
    snprintf(to, sizeof to, "%s%s", space + 1, path + length);
    make_folders(to, strlen(space + 1) + 1);
    if (S_ISDIR(kind.st_mode)) copy_names(path, to);
    if (S_ISREG(kind.st_mode)) copy(path, to);
}

/* Dies after the sync at which a test wants it. */
static void die_after(int fd) {
    static atomic_long syncs;
    const char *control = getenv("SAMTYCKE_DISK_KILL");
    char path[PATH_BYTES_MAX], wanted[256], *part;
    if (!control || !first_line(control, wanted, sizeof wanted) || !path_of(fd, path)) return;
    long number = strtol(wanted, &part, 10);
    if (*part++ != ' ') return;
    size_t path_length = strlen(path), length = strlen(part);
    if (path_length < length || strcmp(path + path_length - length, part) != 0) return;
    if (atomic_fetch_add(&syncs, 1) + 1 == number) kill(getpid(), SIGKILL);
}

/* A sync by this system call, with what the test wants of it. */
static int sync_by(long call, int fd) {
    int error = fault(fd, 1);
    if (error == DROPPED) return 0;
    if (error) { errno = error; return -1; }
    int done = (int)syscall(call, fd);
    if (done == 0) {
        shadow(fd);
        die_after(fd);
    }
    return done;
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

int fsync(int fd) { return sync_by(SYS_fsync, fd); }

int fdatasync(int fd) { return sync_by(SYS_fdatasync, fd); }
