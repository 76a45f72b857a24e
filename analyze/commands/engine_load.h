/* The module of the program: see engine_load.c. */
#ifndef MAILWHY_ENGINE_LOAD_H
#define MAILWHY_ENGINE_LOAD_H

/* Something that the module exports; loads it at the first call. */
void *engine_symbol(const char *name);

#endif
