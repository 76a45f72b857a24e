/* The engine as a module, which the program loads when it first needs it: see analyze/auth/engine.h. It lies
 * beside the program where that was built, and in MAILWHY_MODULES where it is installed. */
#define _GNU_SOURCE
#include "analyze/commands/engine_load.h"

#include "analyze/auth/engine.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

#define MODULE "mailwhy-verify.so"

static void *open_module(void) {
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = program ? g_path_get_dirname(program) : NULL;
    g_autofree char *beside = folder ? g_build_filename(folder, MODULE, NULL) : NULL;
    void *module = beside && access(beside, R_OK) == 0 ? dlopen(beside, RTLD_NOW | RTLD_LOCAL) : NULL;
    return module ? module : dlopen(MAILWHY_MODULES "/" MODULE, RTLD_NOW | RTLD_LOCAL);
}

void *engine_symbol(const char *name) {
    static gsize module;
    if (g_once_init_enter(&module)) {
        void *opened = open_module();
        if (!opened) {
            fprintf(stderr, "mailwhy: what verifies mail cannot be loaded: %s\n", dlerror());
            exit(70);
        }
        g_once_init_leave(&module, (gsize)opened);
    }
    return dlsym((void *)module, name);
}

const struct engine *engine(void) {
    static gsize table;
    if (g_once_init_enter(&table))
        g_once_init_leave(&table, (gsize)engine_symbol("engine_table"));
    return (const struct engine *)table;
}
