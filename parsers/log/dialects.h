/* The dialects as a table, made of dialects.def. */
#ifndef MAILWHY_DIALECTS_H
#define MAILWHY_DIALECTS_H

#include <stddef.h>

struct dialect;

enum dialect_number {
#define DIALECT(name) DIALECT_##name,
#include "parsers/log/dialects.def"
#undef DIALECT
    LOG_DIALECTS
};

extern const struct dialect *const log_dialects[LOG_DIALECTS];

const char *log_dialect_name(size_t number); /* NULL behind the last */

#endif
