/* Files that are written whole: see new_file.h. Where the file system can (O_TMPFILE), the file has no name
 * until it is whole, so that not even a crash leaves something; elsewhere it has a name beside its place. */
#define _GNU_SOURCE
#include "analyze/commands/new_file.h"

#include "analyze/commands/unlink_on_death.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <sys/random.h>
#include <unistd.h>

#define MOST_TRIES   100 /* names that are taken */
#define DESCRIPTOR   "/proc/self/fd/%d"
#define PERMISSIONS  0777 /* of a file that is replaced: no more than these */
#define OF_THE_GROUP 0070

static void choose_name(struct new_file *file) {
    guint64 random = 0;
    if (getrandom(&random, sizeof random, 0) < 0)
        random = (guint64)getpid(); /* a name that is taken is not used, whatever it is */
    g_snprintf(file->name, sizeof file->name, ".mailwhy-%016" G_GINT64_MODIFIER "x", random);
}

/* The file without a name, as the kernel knows it. */
static void descriptor_path(const struct new_file *file, char path[static 32]) {
    g_snprintf(path, 32, DESCRIPTOR, file->fd);
}

static bool open_unnamed(struct new_file *file, int folder) {
    char path[32];
    file->fd = openat(folder, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
    if (file->fd < 0)
        return false;
    descriptor_path(file, path);
    if (access(path, F_OK) == 0)
        return true;
    close(file->fd); /* without /proc it could never be given a name */
    file->fd = -1;
    return false;
}

static bool open_named(struct new_file *file, int folder) {
    sigset_t before;
    signals_hold(&before);
    for (int i = 0; i < MOST_TRIES && file->fd < 0; i++) {
        choose_name(file);
        file->fd = openat(folder, file->name, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0666);
        if (file->fd < 0 && errno != EEXIST)
            break;
    }
    if (file->fd >= 0)
        unlink_on_death(folder, file->name);
    else
        file->name[0] = '\0';
    signals_release(&before);
    return file->fd >= 0;
}

/* As the file that it replaces. Who cannot give it that file's group gives the group nothing. */
static bool take_mode(const struct new_file *file, const struct output_target *target) {
    struct stat mine;
    mode_t mode = target->st.st_mode & PERMISSIONS;
    if (fstat(file->fd, &mine) != 0)
        return false;
    bool is_other = mine.st_uid != target->st.st_uid || mine.st_gid != target->st.st_gid;
    if (is_other && fchown(file->fd, target->st.st_uid, target->st.st_gid) != 0 &&
        mine.st_gid != target->st.st_gid && fchown(file->fd, (uid_t)-1, target->st.st_gid) != 0)
        mode &= ~(mode_t)OF_THE_GROUP;
    return fchmod(file->fd, mode) == 0;
}

bool new_file_begin(struct new_file *file, const struct output_target *target) {
    *file = (struct new_file){.fd = -1};
    if (target->exists && faccessat(target->folder, target->name, W_OK, AT_EACCESS) != 0)
        return false;
    if (!open_unnamed(file, target->folder) && !open_named(file, target->folder)) {
        file->wrong = "no file can be made in its folder";
        return false;
    }
    if (!target->exists || take_mode(file, target))
        return true;
    new_file_drop(file, target);
    return false;
}

/* Give a file without a name one beside its place. */
static bool name_it(struct new_file *file, int folder) {
    char path[32];
    descriptor_path(file, path);
    for (int i = 0; i < MOST_TRIES; i++) {
        choose_name(file);
        if (linkat(AT_FDCWD, path, folder, file->name, AT_SYMLINK_FOLLOW) == 0)
            return true;
        if (errno != EEXIST)
            break;
    }
    file->name[0] = '\0';
    return false;
}

static bool is_in_the_way(const struct output_target *target) {
    struct stat st;
    return fstatat(target->folder, target->name, &st, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISREG(st.st_mode);
}

static bool take_place(struct new_file *file, const struct output_target *target) {
    char path[32];
    descriptor_path(file, path);
    if (!file->name[0] && !target->exists &&
        linkat(AT_FDCWD, path, target->folder, target->name, AT_SYMLINK_FOLLOW) == 0)
        return true;
    if (!file->name[0] && !name_it(file, target->folder))
        return false;
    if (is_in_the_way(target)) { /* by now something else stands there */
        errno = EEXIST;
        return false;
    }
    if (renameat(target->folder, file->name, target->folder, target->name) != 0)
        return false;
    file->name[0] = '\0';
    return true;
}

/* Bring a file or folder to the disk, where that means something. */
static bool sync_it(int fd) {
    return fsync(fd) == 0 || errno == EINVAL || errno == EBADF || errno == EROFS;
}

bool new_file_keep(struct new_file *file, const struct output_target *target) {
    sigset_t before;
    signals_hold(&before); /* a name beside the place stands for a moment only */
    bool is_kept = fsync(file->fd) == 0 && take_place(file, target);
    int error = errno;
    if (is_kept) {
        unlink_on_death_end();
        is_kept = sync_it(target->folder);
        error = errno;
        is_kept = (close(file->fd) == 0 || errno == EINTR) && is_kept;
        file->fd = -1;
    } else {
        new_file_drop(file, target);
    }
    signals_release(&before);
    errno = error;
    return is_kept;
}

void new_file_drop(struct new_file *file, const struct output_target *target) {
    int error = errno;
    if (file->fd >= 0)
        close(file->fd);
    if (file->name[0])
        unlinkat(target->folder, file->name, 0);
    unlink_on_death_end();
    *file = (struct new_file){.fd = -1, .wrong = file->wrong};
    errno = error;
}
