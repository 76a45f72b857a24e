/* Loading of modules: see module.h. A module lies beside the library where that was built; where it is
 * installed, in a folder beside it (MODULES_FOLDER), which is named after the version: what was upgraded
 * meanwhile is not loaded into a process that began before. It uses functions of the library. */
#define _GNU_SOURCE
#include "parsers/base/module.h"

#include <dlfcn.h>
#include <glib.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

/* The name in that of the file, and what it does, for the message. */
static const struct {
    const char *name, *purpose;
} modules[] = {
    [MODULE_GZIP] = {"gzip", "expands gzip"},
    [MODULE_BZIP2] = {"bzip2", "expands bzip2"},
    [MODULE_XZ] = {"xz", "expands xz"},
    [MODULE_ZSTD] = {"zstd", "expands zstd"},
    [MODULE_YAML] = {"yaml", "reads rule files"},
    [MODULE_MESSAGE] = {"message", "reads messages"},
    [MODULE_NAMES] = {"names", "reads names of domains"},
    [MODULE_VERIFY] = {"verify", "verifies mail"},
    [MODULE_XML] = {"xml", "reads XML"},
};
_Static_assert(G_N_ELEMENTS(modules) == MODULES, "a row for each module");

/* Any module tells where all are. */
static char *find_folder(void) {
    static const char here;
    Dl_info library;
    char path[PATH_MAX];
    if (!dladdr(&here, &library) || !realpath(library.dli_fname, path))
        return g_strdup(MODULES_FOLDER);
    g_autofree char *folder = g_path_get_dirname(path), *base = g_path_get_basename(MODULES_FOLDER);
    g_autofree char *beside = g_strdup_printf("%s/mailwhy-%s.so", folder, modules[MODULE_MESSAGE].name);
    return access(beside, R_OK) == 0 ? g_steal_pointer(&folder) : g_build_filename(folder, base, NULL);
}

const char *module_folder(void) {
    static gsize found;
    if (g_once_init_enter(&found))
        g_once_init_leave(&found, (gsize)find_folder());
    return (const char *)found;
}

static void *open_module(const char *name) {
    g_autofree char *file = g_strdup_printf("%s/mailwhy-%s.so", module_folder(), name);
    return dlopen(file, RTLD_LAZY | RTLD_LOCAL);
}

static void *handles[MODULES]; /* of those that are loaded */

/* NULL: it cannot be loaded. Who opens one that another thread has just opened gets the same. */
static void *loaded(enum module module) {
    void *handle = g_atomic_pointer_get(&handles[module]);
    if (!handle) {
        handle = open_module(modules[module].name);
        g_atomic_pointer_set(&handles[module], handle);
    }
    return handle;
}

static char *what_is_wrong(enum module module) {
    return g_strdup_printf("what %s cannot be loaded: %s", modules[module].purpose, dlerror());
}

static void fail(enum module module) {
    g_autofree char *what = what_is_wrong(module);
    fprintf(stderr, "mailwhy: %s\n", what);
    exit(EX_SOFTWARE);
}

void mime_begin(void) IN_MODULE; /* of one of them: where it is linked in, all are */

char *modules_load(void) {
    for (enum module module = 0; !&mime_begin && module < MODULES; module++)
        if (!loaded(module))
            return what_is_wrong(module);
    return NULL;
}

void module_load(enum module module) {
    if (!loaded(module))
        fail(module);
}

bool module_is_loaded(enum module module) {
    return g_atomic_pointer_get(&handles[module]) != NULL;
}

void *module_symbol(enum module module, const char *symbol, void **found) {
    void *address = g_atomic_pointer_get(found);
    if (!address) {
        module_load(module);
        address = dlsym(handles[module], symbol);
        if (!address)
            fail(module);
        g_atomic_pointer_set(found, address);
    }
    return address;
}
