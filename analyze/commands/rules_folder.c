/* Rules of the system's administrator: see rules_folder.h. */
#include "analyze/commands/rules_folder.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/config_place.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static gint by_name(gconstpointer a, gconstpointer b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_rule_file(const char *name) {
    return name[0] != '.' && g_str_has_suffix(name, ".yaml");
}

/* A pipe or device would keep everybody waiting who asks anything. */
static bool is_readable(const char *path) {
    struct stat s;
    if (stat(path, &s) != 0) {
        complain_of_error(path, errno);
        return false;
    }
    if (!S_ISREG(s.st_mode)) {
        complain_of(path, "not read: it is no regular file");
        return false;
    }
    return config_stat_is_safe(path, &s) && config_folders_are_safe(path);
}

static bool list_folder(const char *folder, GPtrArray *files) {
    GError *error = NULL;
    GDir *dir = g_dir_open(folder, 0, &error);
    if (!dir) {
        complain(error->message);
        g_error_free(error);
        return false;
    }
    guint first = files->len;
    for (const char *name; (name = g_dir_read_name(dir));)
        if (is_rule_file(name))
            g_ptr_array_add(files, g_build_filename(folder, name, NULL));
    g_dir_close(dir);
    if (files->len > first)
        qsort(files->pdata + first, files->len - first, sizeof *files->pdata, by_name);
    bool are_safe = true;
    for (guint i = first; i < files->len; i++)
        are_safe &= is_readable(files->pdata[i]);
    return are_safe;
}

bool rules_folder_list(const char *config, GPtrArray *files) {
    g_autofree char *folder = g_build_filename(config, "rules.d", NULL);
    struct stat s;
    if (stat(folder, &s) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return true;
    return config_is_safe(folder) && list_folder(folder, files);
}
