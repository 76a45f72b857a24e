/* Modules: parts of mailwhy whose libraries most inputs do not need, and which take longer to load than a
 * bounce takes to explain. CMakeLists.txt says which units are in which module. A module is a shared object
 * of its own (mailwhy-NAME.so), which the library loads: for the program when something of it is first used,
 * for others all at once, in mailwhy_new. The generator of rules and the tests are linked with all of them,
 * and load nothing. What the library and the modules use of each other is listed in module_names.h. */
#ifndef MAILWHY_MODULE_H
#define MAILWHY_MODULE_H

#include <stdbool.h>

enum module {
    MODULE_GZIP,
    MODULE_BZIP2,
    MODULE_XZ,
    MODULE_ZSTD,
    MODULE_YAML,
    MODULE_MESSAGE,
    MODULE_NAMES,
    MODULE_VERIFY,
    MODULE_XML,
    MODULES
};

/* Marks the declaration of what a module offers to the rest: its address is NULL where the module is not
 * linked in. */
#define IN_MODULE __attribute__((weak))

/* The address of a function or table of a module: the one that is linked in, else that of the module, which
 * is loaded at the first use. A process that will give up the right to open files asks for it before that. */
#define FROM_MODULE(module, symbol)                                                                          \
    ({                                                                                                       \
        static void *found_;                                                                                 \
        &(symbol) ? &(symbol) : (__typeof__(&(symbol)))module_symbol(module, MODULE_NAME(symbol), &found_);  \
    })
#define MODULE_NAME(symbol)  MODULE_NAME_(symbol) /* the one of module_names.h */
#define MODULE_NAME_(symbol) #symbol

/* The same where it is linked in, or its module has been loaded; else NULL: for what is to be ended. */
#define FROM_LOADED(module, symbol)                                                                          \
    (&(symbol) || module_is_loaded(module) ? FROM_MODULE(module, symbol) : NULL)

/* Before a process gives up the right to look for files: find the folder of the modules, which it must be
 * able to read; it stays. */
const char *module_folder(void);
/* Load all, unless they are linked in. NULL, or what cannot be loaded and why, to be freed. */
char *modules_load(void);
/* Load one now. */
void module_load(enum module module);
bool module_is_loaded(enum module module);

/* For FROM_MODULE: looks for the symbol at the first call, and keeps it in *found. Where the module cannot be
 * loaded the program ends with a message and EX_SOFTWARE: it is not installed as it should be, and no input
 * can change that. */
void *module_symbol(enum module module, const char *symbol, void **found);

#endif
