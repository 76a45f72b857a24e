/* Folders: see folder.h. Every step is taken from the descriptor of the folder before it, so that nothing can
 * be put in the way between two steps. */
#define _GNU_SOURCE
#include "parsers/base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEEPEST_FOLDER 64
#define ENTER          (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

struct entry {
    unsigned char type;
    char name[];
};

struct listing {
    GPtrArray *files;
    folder_problem *problem;
    void *context;
    unsigned links, others; /* others: neither files nor folders, as FIFOs, sockets and devices */
};

static int by_name(gconstpointer a, gconstpointer b) {
    const struct entry *x = *(const struct entry *const *)a;
    const struct entry *y = *(const struct entry *const *)b;
    return strcmp(x->name, y->name);
}

static unsigned char type_of(int folder, const struct dirent *d) {
    struct stat st;
    if (d->d_type != DT_UNKNOWN)
        return d->d_type;
    return fstatat(folder, d->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 ? (unsigned char)IFTODT(st.st_mode)
                                                                     : DT_UNKNOWN;
}

/* What stands in a folder but for hidden names, sorted; NULL with errno. Closes the descriptor. */
static GPtrArray *read_entries(int fd) {
    DIR *stream = fdopendir(fd);
    if (!stream) {
        close(fd);
        return NULL;
    }
    GPtrArray *entries = g_ptr_array_new_with_free_func(g_free);
    errno = 0;
    for (struct dirent *d; (d = readdir(stream)) != NULL; errno = 0) {
        size_t length = strlen(d->d_name) + 1;
        if (d->d_name[0] == '.')
            continue;
        struct entry *e = g_malloc(sizeof *e + length);
        e->type = type_of(fd, d);
        memcpy(e->name, d->d_name, length);
        g_ptr_array_add(entries, e);
    }
    int error = errno;
    g_ptr_array_sort(entries, by_name);
    closedir(stream);
    errno = error;
    return entries;
}

static bool is_maildir(int fd) {
    struct stat st;
    return fstatat(fd, "cur", &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
}

static void list_below(struct listing *l, int fd, const char *path, int depth);

static void list_folder_in(struct listing *l, int parent, const char *name, const char *path, int depth) {
    if (depth > DEEPEST_FOLDER) {
        l->problem(l->context, path, 0, "folders are nested more than 64 deep: it was not opened");
        return;
    }
    int fd = openat(parent, name, ENTER);
    if (fd >= 0)
        list_below(l, fd, path, depth);
    else
        l->problem(l->context, path, errno, NULL);
}

static void list_below(struct listing *l, int fd, const char *path, int depth) {
    bool skips_tmp = is_maildir(fd);
    int here = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    g_autoptr(GPtrArray) entries = read_entries(fd);
    if (!entries || errno || here < 0)
        l->problem(l->context, path, errno, NULL);
    const char *slash = g_str_has_suffix(path, "/") ? "" : "/";
    for (guint i = 0; here >= 0 && entries && i < entries->len; i++) {
        const struct entry *e = entries->pdata[i];
        g_autofree char *full = g_strdup_printf("%s%s%s", path, slash, e->name);
        if (e->type == DT_REG)
            g_ptr_array_add(l->files, g_steal_pointer(&full));
        else if (e->type == DT_DIR && !(skips_tmp && strcmp(e->name, "tmp") == 0))
            list_folder_in(l, here, e->name, full, depth + 1);
        l->links += e->type == DT_LNK;
        l->others += e->type != DT_REG && e->type != DT_DIR && e->type != DT_LNK;
    }
    if (here >= 0)
        close(here);
}

/* What is passed over in a folder, and read where it is named itself. */
static void tell_skipped(const struct listing *l, const char *path, unsigned count, const char *what) {
    if (!count)
        return;
    g_autofree char *text = g_strdup_printf("%u %s%s in it %s not followed; one that is named itself is",
                                            count, what, count == 1 ? "" : "s", count == 1 ? "was" : "were");
    l->problem(l->context, path, 0, text);
}

void folder_list(const char *path, GPtrArray *files, folder_problem *problem, void *context) {
    struct listing l = {files, problem, context, 0, 0};
    int fd = open(path, ENTER & ~O_NOFOLLOW);
    if (fd < 0) {
        problem(context, path, errno, NULL);
        return;
    }
    list_below(&l, fd, path, 0);
    tell_skipped(&l, path, l.links, "symbolic link");
    tell_skipped(&l, path, l.others, "special file");
}

/* From folder to folder, as far as the last name of `rest`. Returns the folder's descriptor, or -1. */
static int enter_all(int fd, const char **rest) {
    for (const char *slash; fd >= 0 && (slash = strchr(*rest, '/')) != NULL; *rest = slash + 1) {
        g_autofree char *name = g_strndup(*rest, (gsize)(slash - *rest));
        if (!name[0])
            continue;
        int next = openat(fd, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        int error = errno;
        close(fd);
        errno = error;
        fd = next;
    }
    return fd;
}

int folder_open_file(const char *path, size_t folder) {
    struct stat st;
    g_autofree char *start = g_strndup(path, folder);
    const char *rest = path + folder;
    int in = enter_all(open(start, O_PATH | O_DIRECTORY | O_CLOEXEC), &rest);
    if (in < 0) {
        errno = errno == ENOTDIR || errno == ELOOP ? ESTALE : errno;
        return -1;
    }
    int fd = openat(in, rest, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    int error = errno == ELOOP || errno == ENXIO ? ESTALE : errno;
    close(in);
    if (fd >= 0 && (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))) {
        close(fd);
        fd = -1;
        error = ESTALE;
    }
    errno = error;
    return fd;
}
