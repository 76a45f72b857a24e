/* What -o names: see output_target.h. */
#define _GNU_SOURCE
#include "analyze/commands/output_target.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <limits.h>
#include <linux/magic.h>
#include <sys/vfs.h>
#include <unistd.h>

#define MOST_LINKS 40 /* as many as the kernel follows */

/* Open the folder of `path`, which is relative to `from`, and find the name in it. */
static bool enter_folder(struct output_target *t, int from, const char *path) {
    const char *slash = strrchr(path, '/');
    g_autofree char *folder = slash ? g_strndup(path, (gsize)(slash - path) + 1) : g_strdup(".");
    g_free(t->name);
    t->name = g_strdup(slash ? slash + 1 : path);
    t->folder = openat(from, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (t->folder < 0 && errno == EACCES) /* one may write in it, but not list it */
        t->folder = openat(from, folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (t->folder >= 0 && !t->name[0])
        errno = path[0] ? EISDIR : ENOENT;
    return t->folder >= 0 && t->name[0];
}

/* In a folder such as /tmp: what somebody else made, perhaps to have us write elsewhere. */
static bool is_a_trap(const struct output_target *t, const struct stat *st) {
    struct stat folder;
    if (fstat(t->folder, &folder) != 0)
        return true;
    bool is_open_to_all = (folder.st_mode & S_ISVTX) && (folder.st_mode & S_IWOTH);
    return is_open_to_all && st->st_uid != geteuid() && st->st_uid != folder.st_uid;
}

static bool is_in_proc(int folder) {
    struct statfs fs;
    return fstatfs(folder, &fs) == 0 && fs.f_type == PROC_SUPER_MAGIC;
}

/* A descriptor of this process, as /proc/self/fd/1; else a file of /proc. */
static bool open_in_proc(struct output_target *t) {
    struct stat named;
    struct stat held;
    guint64 number;
    if (fstatat(t->folder, t->name, &named, 0) != 0)
        return false;
    if (g_ascii_string_to_unsigned(t->name, 10, 0, INT_MAX, &number, NULL) &&
        fstat((int)number, &held) == 0 && held.st_dev == named.st_dev && held.st_ino == named.st_ino)
        t->in_place = fcntl((int)number, F_DUPFD_CLOEXEC, 3);
    else
        t->in_place = openat(t->folder, t->name, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    return t->in_place >= 0;
}

static bool open_in_place(struct output_target *t) {
    struct stat st;
    t->in_place = openat(t->folder, t->name, O_WRONLY | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC);
    if (t->in_place < 0)
        return false;
    errno = EAGAIN; /* it has been replaced by a file in the meantime */
    return fstat(t->in_place, &st) == 0 && !S_ISREG(st.st_mode);
}

/* Go where the link leads. */
static bool follow(struct output_target *t) {
    char text[PATH_MAX];
    int from = t->folder;
    int link = openat(from, t->name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    struct stat st;
    if (link < 0)
        return false;
    ssize_t length = readlinkat(link, "", text, sizeof text - 1);
    bool is_trusted = fstat(link, &st) == 0 && !is_a_trap(t, &st);
    close(link);
    if (length < 0 || !is_trusted) {
        errno = EACCES;
        return false;
    }
    text[length] = '\0';
    t->folder = -1;
    bool is_there = enter_folder(t, from, text);
    int error = errno;
    close(from);
    errno = error;
    return is_there;
}

static bool find(struct output_target *t, const char *path) {
    if (!enter_folder(t, AT_FDCWD, path))
        return false;
    for (int links = 0; links < MOST_LINKS; links++) {
        if (is_in_proc(t->folder))
            return open_in_proc(t);
        if (fstatat(t->folder, t->name, &t->st, AT_SYMLINK_NOFOLLOW) != 0)
            return errno == ENOENT;
        if (S_ISLNK(t->st.st_mode)) {
            if (!follow(t))
                return false;
            continue;
        }
        errno = S_ISDIR(t->st.st_mode) ? EISDIR : EACCES;
        if (S_ISDIR(t->st.st_mode) || is_a_trap(t, &t->st))
            return false;
        t->exists = S_ISREG(t->st.st_mode);
        return t->exists || open_in_place(t);
    }
    errno = ELOOP;
    return false;
}

bool output_target_find(struct output_target *t, const char *path) {
    *t = (struct output_target){.folder = -1, .in_place = -1};
    if (find(t, path))
        return true;
    int error = errno;
    output_target_free(t);
    errno = error;
    return false;
}

void output_target_free(struct output_target *t) {
    if (t->folder >= 0)
        close(t->folder);
    if (t->in_place >= 0)
        close(t->in_place);
    g_free(t->name);
    *t = (struct output_target){.folder = -1, .in_place = -1};
}
