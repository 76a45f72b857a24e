/* Where the configuration stands: see config_place.h. */
#define _GNU_SOURCE
#include "analyze/commands/config_place.h"

#include "analyze/commands/complain.h"

#include <errno.h>
#include <glib.h>
#include <stdlib.h>
#include <unistd.h>

const char *config_folder(void) {
    const char *named = secure_getenv("MAILWHY_CONFIG");
    if (!named)
        return "/etc/mailwhy";
    return *named ? named : NULL;
}

bool config_folder_is_usable(void) {
    const char *folder = config_folder();
    if (!folder || g_path_is_absolute(folder))
        return true;
    complain("MAILWHY_CONFIG: it names no folder from / on, and nothing is read from the current one");
    return false;
}

const char *config_environment_path(const char *variable) {
    const char *path = secure_getenv(variable);
    return path && g_path_is_absolute(path) ? path : NULL;
}

char *config_home_folder(void) {
    const char *named = config_environment_path("XDG_CONFIG_HOME");
    const char *home = config_environment_path("HOME");
    if (secure_getenv("MAILWHY_CONFIG") || (!named && !home))
        return NULL;
    return named ? g_build_filename(named, "mailwhy", NULL)
                 : g_build_filename(home, ".config", "mailwhy", NULL);
}

char *config_place_of(const char *path) {
    g_autofree char *home = config_home_folder();
    g_autofree char *name = g_path_get_basename(path);
    if (secure_getenv("MAILWHY_CONFIG"))
        return g_build_filename("$MAILWHY_CONFIG", name, NULL);
    if (home && g_str_has_prefix(path, home))
        return g_build_filename(config_environment_path("XDG_CONFIG_HOME") ? "$XDG_CONFIG_HOME" : "~/.config",
                                "mailwhy", name, NULL);
    return g_str_has_prefix(path, "/etc/") ? g_strdup(path) : NULL;
}

const char *config_unsafe(const struct stat *s) {
    bool is_ours = s->st_uid == 0 || s->st_uid == geteuid();
    if (is_ours && !(s->st_mode & (S_IWGRP | S_IWOTH)))
        return NULL;
    return is_ours ? "others than its owner may write it (chmod go-w)"
                   : "it belongs neither to root nor to you";
}

bool config_stat_is_safe(const char *path, const struct stat *s) {
    const char *unsafe = config_unsafe(s);
    g_autofree char *what = unsafe ? g_strdup_printf("not read: %s", unsafe) : NULL;
    if (what)
        complain_of(path, what);
    return !unsafe;
}

static const char *folder_unsafe(const char *path) {
    struct stat s;
    g_autofree char *folder = g_path_get_dirname(path);
    return stat(folder, &s) == 0 ? config_unsafe(&s) : NULL;
}

const char *config_folders_unsafe(const char *path) {
    char *real = realpath(path, NULL);
    const char *unsafe = folder_unsafe(path);
    if (!unsafe && real)
        unsafe = folder_unsafe(real);
    free(real);
    return unsafe;
}

bool config_folders_are_safe(const char *path) {
    const char *unsafe = config_folders_unsafe(path);
    g_autofree char *what = unsafe ? g_strdup_printf("not read: its folder: %s", unsafe) : NULL;
    if (what)
        complain_of(path, what);
    return !unsafe;
}

bool config_is_safe(const char *path) {
    struct stat s;
    if (stat(path, &s) == 0)
        return config_stat_is_safe(path, &s);
    complain_of_error(path, errno);
    return false;
}
