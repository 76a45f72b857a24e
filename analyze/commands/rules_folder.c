/* Rules of the system's administrator: see rules_folder.h. */
#define _GNU_SOURCE
#include "analyze/commands/rules_folder.h"

#include "analyze/commands/complain.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *config_folder(void) {
    const char *named = secure_getenv("MAILWHY_CONFIG");
    if (!named)
        return "/etc/mailwhy";
    return *named ? named : NULL;
}

/* What rules say is believed: nobody else may have a hand in it. */
static bool is_safe(const char *path) {
    struct stat s;
    if (stat(path, &s) != 0) {
        complain_of_error(path, errno);
        return false;
    }
    bool is_ours = s.st_uid == 0 || s.st_uid == geteuid();
    if (is_ours && !(s.st_mode & (S_IWGRP | S_IWOTH)))
        return true;
    complain_of(path, is_ours ? "not read: others than its owner may write it (chmod go-w)"
                              : "not read: it belongs neither to root nor to you");
    return false;
}

static gint by_name(gconstpointer a, gconstpointer b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_rule_file(const char *name) {
    return name[0] != '.' && g_str_has_suffix(name, ".yaml");
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
        are_safe &= is_safe(files->pdata[i]);
    return are_safe;
}

bool rules_folder_list(const char *config, GPtrArray *files) {
    g_autofree char *folder = g_build_filename(config, "rules.d", NULL);
    struct stat s;
    if (stat(folder, &s) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return true;
    return is_safe(folder) && list_folder(folder, files);
}
