/* Loading of modules: see module.h. A module lies beside the program where that was built, and where it is
 * installed in MODULES_FROM_PROGRAM, seen from the program's folder (MODULES_FOLDER where /proc does not tell
 * that folder). It uses functions of the program, which exports them. */
#include "parsers/base/module.h"

#include <dlfcn.h>
#include <glib.h>
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
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = program ? g_path_get_dirname(program) : NULL;
    if (!folder)
        return g_strdup(MODULES_FOLDER);
    g_autofree char *beside = g_strdup_printf("%s/mailwhy-%s.so", folder, modules[MODULE_MESSAGE].name);
    return access(beside, R_OK) == 0 ? g_steal_pointer(&folder)
                                     : g_build_filename(folder, MODULES_FROM_PROGRAM, NULL);
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

static void fail(enum module module) {
    fprintf(stderr, "mailwhy: what %s cannot be loaded: %s\n", modules[module].purpose, dlerror());
    exit(EX_SOFTWARE);
}

static gsize handles[MODULES]; /* of those that are loaded */

static void *loaded(enum module module) {
    if (g_once_init_enter(&handles[module])) {
        void *opened = open_module(modules[module].name);
        if (!opened)
            fail(module);
        g_once_init_leave(&handles[module], (gsize)opened);
    }
    return (void *)handles[module];
}

void module_load(enum module module) {
    loaded(module);
}

bool module_is_loaded(enum module module) {
    return g_atomic_pointer_get(&handles[module]) != 0;
}

void *module_symbol(enum module module, const char *symbol, void **found) {
    void *address = g_atomic_pointer_get(found);
    if (!address) {
        address = dlsym(loaded(module), symbol);
        if (!address)
            fail(module);
        g_atomic_pointer_set(found, address);
    }
    return address;
}
